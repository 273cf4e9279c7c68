import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import type { RequestRecord } from '#engine/signals/index.ts';
import {
  columnsFromRecords,
  type Incident,
  openSession,
  type SimulatedBudget,
  sameTokens,
  simulate,
  simulatePart,
} from '#engine/simulate/index.ts';
import { aPlan, calls } from '../../builders.ts';
import { aRecord } from '../builders.ts';

const start = Date.UTC(2026, 10, 22, 9);
const mini = 'openai/gpt-5-mini';
const opus = 'anthropic/claude-opus-5';

/** A request every minute from nine o'clock on. */
function log(count: number, different: (row: number) => Partial<RequestRecord> = () => ({})) {
  return columnsFromRecords(
    Array.from({ length: count }, (_, row) =>
      aRecord({
        id: `r${row}`,
        'time.at': start + row * 60_000,
        'session.id': `s${row % 7}`,
        'decision.path': 'only',
        ...different(row),
      }),
    ),
  );
}

const toMini = aPlan({ only: calls(mini) });
const miniThenOpus = aPlan({
  chain: { kind: 'fallback', try: ['first', 'second'], on: ['timeout', 'rate_limit'] },
  first: { ...calls(mini), deadlines: { total_ms: 3_000 } },
  second: calls(opus),
});

function rehearse(
  columns: ReturnType<typeof log>,
  incidents: readonly Incident[],
  budgets: readonly SimulatedBudget[] = [],
  candidate = toMini,
  baseline: typeof toMini | null = null,
) {
  return simulate({
    columns,
    candidate,
    baseline,
    catalogue: defaultCatalogue,
    priceBook: defaultPriceBook,
    seed: 1,
    estimates: sameTokens,
    incidents,
    budgets,
  });
}

describe('slowness', () => {
  it('adds latency to the calls that meet it, in the hours it lasts', () => {
    const result = rehearse(log(180), [
      { kind: 'slow', target: 'openai/*', factor: 4, from: '10:00', to: '11:00' },
    ]);
    expect(result.timeline.map(({ added_latency_ms: { after } }) => after)).toEqual([0, 60 * 3_000, 0]);
    expect(result.changed).toBe(0);
    expect(result.errors.after).toBe(result.errors.before);
  });

  it('past a deadline passes requests on to the next target', () => {
    const slow: readonly Incident[] = [{ kind: 'slow', target: 'openai/*', factor: 4 }];
    const result = rehearse(log(10), slow, [], miniThenOpus);
    expect(result.by_target.find(({ target }) => target === opus)?.requests_after).toBe(10);
    expect(result.timeline[0]?.degraded).toEqual({ before: 0, after: 10 });
  });
});

describe('another price', () => {
  const dearer: readonly Incident[] = [{ kind: 'price', target: 'openai/*', factor: 2, from: '10:00' }];

  it('doubles what is paid from then on, on both sides', () => {
    const { cost_nano_usd: cost, changed, price_book } = rehearse(log(120), dearer);
    expect(cost).toMatchObject({ before: 60 * 500_000 + 60 * 1_000_000, after: cost.before });
    expect(changed).toBe(0);
    expect(price_book).toContain('openai/* ×2');
  });

  it('is what requests pay that move there, tokens as logged', () => {
    const there = (columns: ReturnType<typeof log>, incidents: readonly Incident[]) =>
      rehearse(columns, incidents).cost_nano_usd.after;
    const elsewhere = log(120, () => ({ 'outcome.target': opus, 'decision.targets': [opus] }));
    const plain = there(elsewhere, []);
    expect(there(elsewhere, dearer)).toBe(plain * 1.5);
  });

  it('leaves the log’s name of its records as it is', () => {
    const columns = log(5);
    expect(rehearse(columns, dearer).records_hash).toBe(columns.hash);
    expect(rehearse(columns, [{ kind: 'traffic', factor: 3 }]).records_hash).toBe(columns.hash);
  });
});

describe('more traffic', () => {
  it('multiplies requests of its hours, costs with them, under ids of their own', () => {
    const result = rehearse(
      log(180),
      [{ kind: 'traffic', factor: 3, from: '10:00', to: '11:00' }],
      [],
      aPlan({ only: calls(opus) }),
    );
    expect(result.records).toBe(300);
    expect(result.timeline.map(({ requests }) => requests)).toEqual([60, 180, 60]);
    expect(result.cost_nano_usd.before).toBe(300 * 500_000);
    expect(new Set(result.changes.map(({ id }) => id)).size).toBe(result.changes.length);
  });

  it('of a broken factor draws the same requests again, about as many', () => {
    const half: readonly Incident[] = [{ kind: 'traffic', factor: 0.5 }];
    const result = rehearse(log(400), half);
    expect(result).toEqual(rehearse(log(400), half));
    expect(Math.abs(result.records - 200)).toBeLessThan(40);
  });

  it('of nothing leaves nothing', () => {
    expect(rehearse(log(5), [{ kind: 'traffic', factor: 0 }])).toMatchObject({ records: 0, changed: 0 });
  });
});

describe('429 by a factor', () => {
  const limited = (row: number): Partial<RequestRecord> =>
    row % 10 === 0
      ? { 'outcome.status': 'failed', 'outcome.error': 'rate_limit', 'outcome.http_status': 429 }
      : {};
  const degraded = (factor: number) =>
    rehearse(log(1_000, limited), [{ kind: 'rate_limited', target: 'openai/*', factor }], [], miniThenOpus);

  it('multiplies the share of the log, of which its own are a part', () => {
    // One in ten in the log: three times as many are two in ten more.
    const moved = degraded(3).timeline.reduce((sum, hour) => sum + hour.degraded.after, 0);
    expect(Math.abs(moved - 200)).toBeLessThan(40);
  });

  it('of one adds none', () => {
    expect(degraded(1).timeline.reduce((sum, hour) => sum + hour.fallbacks.after, 0)).toBe(0);
  });
});

describe('budgets', () => {
  const budget = (different: Partial<SimulatedBudget>): SimulatedBudget => ({
    per: 'organisation',
    limit_usd: 0.005,
    window: 'day',
    enforcement: 'hard',
    ...different,
  });
  // Half a thousandth of a dollar each, so ten fit.
  const teams = (row: number): Partial<RequestRecord> => ({
    'caller.team': row % 2 === 0 ? 'search' : 'ads',
    'caller.key': `k${row % 4}`,
    'caller.user': 'u1',
    'caller.project': row % 2 === 0 ? 'p' : null,
  });
  const refused = (one: Partial<SimulatedBudget>, rows = 120) =>
    rehearse(log(rows, teams), [], [budget(one)]).refused.after;

  it.each([
    [{}, 110],
    [{ per: 'team' as const }, 100],
    [{ per: 'team' as const, id: 'ads' }, 50],
    [{ per: 'key' as const }, 80],
    [{ per: 'user' as const }, 110],
    [{ per: 'project' as const }, 50],
    [{ enforcement: 'soft' as const }, 0],
    [{ limit_usd: 1 }, 0],
  ])('of %j refuse what would pass them', (one, count) => {
    expect(refused(one)).toBe(count);
  });

  it.each([
    ['minute', 0],
    ['hour', 3 * 50],
    ['day', 170],
    ['month', 170],
  ] as const)('of a %s begin anew with the next', (window, count) => {
    expect(refused({ window }, 180)).toBe(count);
  });

  it('that are spent are told to the policy as their used share', () => {
    const cautious = aPlan({
      spent: {
        kind: 'condition',
        cases: [{ id: 'half', when: 'budget.used >= 0.5', to: 'mini' }],
        else: 'opus',
      },
      mini: calls(mini),
      opus: calls(opus),
    });
    const columns = log(40, () => ({ 'outcome.target': opus, 'decision.targets': [opus] }));
    const result = rehearse(columns, [], [budget({ enforcement: 'soft', limit_usd: 0.02 })], cautious);
    const asked = new Map(result.by_target.map((one) => [one.target, one.requests_after]));
    expect([asked.get(opus), asked.get(mini)]).toEqual([20, 20]);
  });
});

describe('what replays no row by row', () => {
  const world = { columns: log(5), catalogue: defaultCatalogue, priceBook: defaultPriceBook };
  const outage: Incident = { kind: 'outage', target: '*', error: 'network' };

  it('refuses incidents with a sentence: parts', () => {
    const whatIf = { ...world, candidate: toMini, baseline: null, seed: 1, estimates: sameTokens };
    expect(simulatePart(whatIf).result.records).toBe(5);
    expect(() => simulatePart({ ...whatIf, incidents: [outage] })).toThrow('cannot be replayed in parts');
  });

  it('refuses incidents with a sentence: sessions', () => {
    expect(openSession({ ...world, estimates: sameTokens }).ask(toMini, null).kind).toBe('told');
    expect(openSession({ ...world, incidents: [outage] }).ask(toMini, null)).toEqual({
      kind: 'full_pass',
      why: 'Incidents and budgets depend on the requests before.',
    });
  });
});
