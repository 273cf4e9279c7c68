import { describe, expect, it } from 'vitest';
import { SimulationResult, SweepResult } from '#engine/simulate/index.ts';
import { parseArguments } from '#server/cli/parse-arguments.ts';
import { loadPlan } from '#server/cli/policy-file.ts';
import { replayFile } from '#server/cli/replay-file.ts';
import { simulate } from '#server/cli/simulate.ts';
import { writeRecordFile } from '#server/import/index.ts';
import { someRecords } from '../../laws/arbitrary-record.ts';
import { aFile, aFolder, runVerb, shippedPath } from './run-verb.ts';

const support = shippedPath('support');
const file = aFile(
  'log.jsonl',
  someRecords(300, 5)
    .map((record, row) => JSON.stringify({ ...record, 'time.at': 1_790_000_000_000 + row * 60_000 }))
    .join('\n'),
);

function simulateWith(...more: string[]) {
  return runVerb(simulate, ['--candidate', support, '--baseline', support, '--records', file, ...more]);
}

async function resultWith(...more: string[]): Promise<SimulationResult> {
  const { out, err } = await simulateWith('--json', ...more);
  expect(err).toBe('');
  return SimulationResult.parse(JSON.parse(out));
}

describe('a bad day on the command line', () => {
  it('is told in lines, as often as there is something, and in a file', async () => {
    const path = aFile('bad-day.json', [{ kind: 'traffic', factor: 2 }]);
    const result = await resultWith(
      '--incident',
      'outage:*@+1h-+2h',
      '--incidents',
      path,
      '--incident',
      'price:openai/*x2, slow:openai/*x3',
    );
    expect(result.incidents.map(({ kind }) => kind)).toEqual(['traffic', 'outage', 'price', 'slow']);
    expect(result.records).toBe(600);
    expect(result.errors.after).toBeGreaterThan(0);
    expect(result.timeline.length).toBeGreaterThan(2);
    const { out } = await simulateWith('--incident', 'outage:*@+1h-+2h');
    expect(out).toMatch(/^Failed +\d+ → \d+$/m);
  });

  it('keeps budgets of a file', async () => {
    const path = aFile('budgets.json', [{ per: 'organisation', limit_usd: 0.0001, window: 'day' }]);
    const [result, free] = [await resultWith('--budgets', path), await resultWith()];
    expect(result.refused.after).toBeGreaterThan(free.refused.after + 100);
  });

  it('says what is wrong with a line or a file, and where', async () => {
    const line = await simulateWith('--incident', 'outage:openai/*@noon');
    expect([line.code, line.err]).toEqual([2, expect.stringContaining('is no moment')]);
    const kind = await simulateWith('--incidents', aFile('i.json', [{ kind: 'flood', factor: 2 }]));
    expect([kind.code, kind.err]).toEqual([2, expect.stringContaining('i.json: 0.kind')]);
    const text = await simulateWith('--incidents', aFile('i.json', 'outage:openai/*'));
    expect([text.code, text.err]).toEqual([2, expect.stringContaining('This is not JSON.')]);
    const none = await simulateWith('--budgets', '/nowhere.json');
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('no file that can be read')]);
  });

  it('is the same for every setting of a sweep', async () => {
    const args = ['--sweep', 'task.confidence=0:1:2', '--incident', 'outage:*', '--json'];
    const { out } = await simulateWith(...args);
    const { points, records, assumptions } = SweepResult.parse(JSON.parse(out));
    expect(points.length).toBeGreaterThan(1);
    for (const { errors, refused } of points) expect(errors + refused).toBeGreaterThanOrEqual(records);
    expect(assumptions.some((one) => one.startsWith('Injected'))).toBe(true);
  });
});

describe('a file with more rows than fit in memory', () => {
  const io = {
    stdout: { write: () => 0 },
    stderr: { write: () => 0 },
    stdin: process.stdin,
    isTerminal: false,
  };

  it('is replayed in parts, and says so; Ctrl-C stops it', async () => {
    const path = `${aFolder()}/r.parquet`;
    await writeRecordFile(path, someRecords(400, 17));
    const candidate = await loadPlan(support, io);
    if (candidate === undefined) throw new Error('The shipped policy does not compile.');
    const whatIf = { records: path, candidate, baseline: candidate, seed: 1, mostInMemory: 100 };
    const result = await replayFile(whatIf, io);
    expect(result).toMatchObject({ records: 400, changed: 0 });
    const stopped = replayFile(whatIf, io);
    const poll = setInterval(() => process.listenerCount('SIGINT') > 0 && process.emit('SIGINT'), 1);
    expect(await stopped).toBeUndefined();
    clearInterval(poll);
    expect(process.listenerCount('SIGINT')).toBe(0);
  });
});

describe('an option that may be given again', () => {
  it('keeps all its values in their order', () => {
    const read = parseArguments(['--a', '1', '--b', 'x', '--a', '2'], { a: 'texts', b: 'text' });
    expect(read).toEqual({ kind: 'ok', values: { a: ['1', '2'], b: 'x' }, positionals: [] });
    expect(parseArguments(['--a'], { a: 'texts' })).toEqual({ kind: 'bad', message: '--a needs a value.' });
  });
});
