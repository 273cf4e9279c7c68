import { describe, expect, it, onTestFinished } from 'vitest';
import { cutWindow } from '#server/api/what-if/simulate-window.ts';
import { makeSimulator } from '#server/api/what-if/simulator.ts';
import { makeMemoryRecordLog } from '#server/store/memory/make-memory-record-log.ts';
import { aPolicy, calls as callsTo } from '../../../engine/builders.ts';
import { aRecord } from '../../../engine/simulate/builders.ts';
import { aDraft, aServer } from '../a-server.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 1);
const window = { from: start, to: start + 4 * day };
const opus = aDraft('anthropic/claude-opus-5');

/** A request every minute for four days. */
function aLog() {
  const log = makeMemoryRecordLog();
  for (let row = 0; row < 4 * 1_440; row += 10)
    log.append(aRecord({ id: `r${row}`, 'time.at': start + row * 60_000, 'session.id': `s${row % 70}` }));
  return log;
}

function aSimulator(mostWhole: number) {
  const simulator = makeSimulator({
    log: aLog(),
    sources: () => ({ providers: [], file: null, stored: [] }),
    clock: () => window.to,
    mostWhole,
    rowsAPart: 100,
  });
  onTestFinished(() => simulator.close());
  return simulator;
}

const ask = { candidate: { policy: opus }, baseline: null, window };

describe('a window with too many requests to hold', () => {
  it('is replayed in parts, and says so; counts and costs are those of the whole', async () => {
    const steps: string[] = [];
    const watch = {
      signal: new AbortController().signal,
      onProgress: (done: number, of: number) => steps.push(`${done}/${of}`),
    };
    const parts = await aSimulator(200).simulate(ask, watch);
    const whole = await aSimulator(10_000).simulate(ask);
    expect([parts.records, parts.changed, parts.by_team]).toEqual([576, whole.changed, whole.by_team]);
    expect(parts.cost_nano_usd.before).toBe(whole.cost_nano_usd.before);
    expect(steps[0]).toMatch(/^0\//);
    expect(steps.at(-1)).toBe(`${steps.length - 1}/${steps.length - 1}`);
    expect(steps.length).toBeGreaterThan(4);
    const told = `The records were replayed in ${steps.length - 1} parts`;
    expect(parts.assumptions.some((one) => one.startsWith(told))).toBe(true);
    expect(whole.assumptions.some((one) => one.includes('parts'))).toBe(false);
  });

  it('stops between two parts when it is told to', async () => {
    const stop = new AbortController();
    const watch = { signal: stop.signal, onProgress: (done: number) => done > 0 && stop.abort() };
    await expect(aSimulator(200).simulate(ask, watch)).rejects.toThrow(/abort/i);
  });

  it('is refused with a sentence where all requests are needed at once', async () => {
    const simulator = aSimulator(200);
    const limited = aPolicy({
      cap: { kind: 'limit', unit: 'requests', amount: 20, window: 'hour', within: 'small', over: 'no' },
      small: callsTo('openai/gpt-5-mini'),
      no: { kind: 'refuse', status: 429, code: 'too_many', message: 'Too many.' },
    });
    const outage = { kind: 'outage', target: '*', error: 'network' } as const;
    const refused = /has 576 requests.*at most 200 at a time/;
    await expect(simulator.simulate({ ...ask, incidents: [outage] })).rejects.toThrow(refused);
    await expect(simulator.simulate({ ...ask, candidate: { policy: limited } })).rejects.toThrow(refused);
    await expect(simulator.recordsHash(window)).rejects.toThrow(refused);
    await expect(simulator.changes(ask, { filter: {}, from: 0, to: 9 })).rejects.toThrow(refused);
    expect(await simulator.columnOctets(window, 1_000_000)).toBeNull();
  });
});

describe('a window cut by its days', () => {
  const days = (...requests: number[]) =>
    requests.map((count, nth) => ({
      day: new Date(start + nth * day).toISOString().slice(0, 10),
      requests: count,
      costNanoUsd: 0,
    }));

  it.each([
    [[10, 10, 10, 10], [4]],
    [
      [100, 10, 90, 5],
      [1, 2, 1],
    ],
    [
      [0, 400, 0, 0],
      [1.25, 0.25, 0.25, 2.25],
    ],
  ])('%j', (requests, lengths) => {
    const cut = cutWindow(window, days(...requests), 100);
    expect(cut.map(({ from, to }) => (to - from) / day)).toEqual(lengths);
    expect([cut[0]?.from, cut.at(-1)?.to]).toEqual([window.from, window.to]);
    for (const [nth, { from }] of cut.entries()) if (nth > 0) expect(from).toBe(cut[nth - 1]?.to);
  });
});

describe('a what-if under way', () => {
  it('tells its progress by its name, and is cancelled by it', async () => {
    const server = await aServer();
    let first = () => {};
    const begun = new Promise<void>((resolve) => {
      first = resolve;
    });
    let go = () => {};
    const mayGo = new Promise<void>((resolve) => {
      go = resolve;
    });
    const log = aLog();
    const slow = {
      ...log,
      columns: async (part: typeof window) => {
        first();
        await mayGo;
        return log.columns(part);
      },
    };
    const simulator = makeSimulator({
      log: slow,
      sources: () => ({ providers: [], file: null, stored: [] }),
      clock: () => window.to,
      mostWhole: 200,
      rowsAPart: 100,
    });
    onTestFinished(() => simulator.close());
    Object.assign(server.open.installation, { simulator });
    const body = { candidate: { policy: opus }, ...window, run: 'mine' };
    const running = server.call('POST', '/api/simulate', body);
    await begun;
    expect((await server.call('GET', '/api/simulate/runs/mine')).body).toMatchObject({ done: 0 });
    expect((await server.call('POST', '/api/simulate', body)).body.error.code).toBe('run_exists');
    expect((await server.call('GET', '/api/simulate/runs/other')).status).toBe(404);
    expect((await server.call('DELETE', '/api/simulate/runs/mine')).status).toBe(200);
    go();
    expect(await running).toMatchObject({ status: 409, body: { error: { code: 'run_cancelled' } } });
    expect((await server.call('GET', '/api/simulate/runs/mine')).status).toBe(404);
    const again = await server.call('POST', '/api/simulate', body);
    expect([again.status, again.body.records]).toEqual([200, 576]);
  });
});
