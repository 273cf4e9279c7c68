import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import type { RequestRecord } from '#engine/signals/index.ts';
import { beginningsOf } from '#engine/simulate/estimate/cache/beginnings.ts';
import type { CacheRule } from '#engine/simulate/estimate/cache/cache-rules.ts';
import { replayCache } from '#engine/simulate/estimate/cache/replay-cache.ts';
import { columnsFromRecords, fitEstimates, simulate } from '#engine/simulate/index.ts';
import { aPlan } from '../../builders.ts';
import { aRecord } from '../builders.ts';

const rules: readonly CacheRule[] = [
  { kind: 'automatic', minimumTokens: 0, ttlMs: 1_000 },
  { kind: 'explicit', minimumTokens: 600, ttlMs: 5_000 },
];

interface Turn {
  readonly at: number;
  readonly server: number;
  readonly session: number;
  readonly blocks: number;
}

const turns = fc.array(
  fc.record({
    at: fc.nat(500),
    server: fc.integer({ min: -1, max: 1 }),
    session: fc.nat(3),
    blocks: fc.integer({ min: 0, max: 6 }),
  }),
  { minLength: 20, maxLength: 60, size: 'max' },
);

/** The same said plainly: a map by server and beginning, one row after the other. */
function readOneByOne(rows: readonly { record: RequestRecord; at: number; server: number }[]): number[] {
  const held = new Map<string, number>();
  return rows.map(({ record, at, server }) => {
    const rule = rules[server];
    if (rule === undefined) return 0;
    const beginnings = (record['session.prefix_hashes'] ?? []).map(
      (text) => text.split(':') as [string, string],
    );
    const warm = beginnings.filter(([hash]) => (held.get(`${server} ${hash}`) ?? 0) > at);
    const read = Math.max(0, ...warm.map(([, tokens]) => Number(tokens)));
    for (const [hash] of beginnings) held.set(`${server} ${hash}`, at + rule.ttlMs);
    return read >= rule.minimumTokens ? read : 0;
  });
}

describe('a replay of prompt caches', () => {
  it('reads what a plain reading of one row after the other reads', () => {
    let reads = 0;
    fc.assert(
      fc.property(turns, (list) => {
        const rows = inOrder(list).map((turn) => ({ ...turn, record: turnRecord(turn) }));
        const columns = columnsFromRecords(rows.map(({ record }) => record));
        const read = replayCache({
          beginnings: beginningsOf(columns),
          times: Float64Array.from(rows, ({ at }) => at),
          servers: Int32Array.from(rows, ({ server }) => server),
          rules,
          ttlAt: null,
        });
        expect([...read]).toEqual(readOneByOne(rows));
        reads += read.filter((tokens) => tokens > 0).length;
      }),
      { numRuns: 200, seed: 5 },
    );
    expect(reads).toBeGreaterThan(500);
  });

  it('without bounds finds every block that came before, as a trace counts its hits', () => {
    const lists = [[0, 1, 2], [0, 3], [0, 1, 2, 4], [5], [0, 3]];
    const columns = columnsFromRecords(
      lists.map((ids, row) =>
        aRecord({
          'time.at': 1_000 * row,
          'request.input_tokens': 512 * ids.length,
          'session.prefix_hashes': ids.map((id, block) => `${id}:${512 * (block + 1)}`),
        }),
      ),
    );
    const read = replayCache({
      beginnings: beginningsOf(columns),
      times: Float64Array.from(lists, (_, row) => 1_000 * row),
      servers: new Int32Array(lists.length),
      rules: [{ kind: 'automatic', minimumTokens: 0, ttlMs: Number.POSITIVE_INFINITY }],
      ttlAt: null,
    });
    expect([...read].map((tokens) => tokens / 512)).toEqual([0, 1, 3, 0, 2]);
  });
});

const mini = 'openai/gpt-5-mini';
const big = 'openai/gpt-5.5';

describe('a conversation that moves', () => {
  it('goes cold at the new target, and its loss is told in tokens and dollars', () => {
    const result = whatIf(conversation(), aPlan({ to: { kind: 'model', target: big } }));
    expect(result.cache.lost_tokens).toBe(0);
    const away = whatIf(conversation(), awayAt(2));
    expect(away.cache.lost_tokens).toBeGreaterThan(2_000);
    expect(away.cache.lost_nano_usd).toBeGreaterThan(0);
  });

  it('finds its cache expired on the return, so that a request that never moved costs more', () => {
    const log = conversation(4 * 60_000);
    const away = whatIf(log, awayAt(2));
    expect(away.changed).toBe(1);
    // The turn after the one that moved comes eight minutes after the last one here.
    expect(away.evidence.modelled).toBe(1);
    const soon = whatIf(conversation(60_000), awayAt(2));
    expect(soon.evidence.modelled).toBe(1);
    expect(away.cache.lost_tokens).toBeGreaterThan(soon.cache.lost_tokens);
  });

  it('loses nothing where it stays', () => {
    const stays = whatIf(conversation(), aPlan({ small: { kind: 'model', target: mini } }));
    expect(stays.changed).toBe(0);
    expect(stays.cache).toMatchObject({ lost_tokens: 0, lost_nano_usd: 0 });
    expect(stays.cost_nano_usd.after).toBe(stays.cost_nano_usd.before);
  });
});

/** Turns of one conversation, each a thousand tokens longer and warm at its target. */
function conversation(every = 60_000): readonly RequestRecord[] {
  return Array.from({ length: 5 }, (_, turn) => {
    const input = 2_000 + 1_000 * turn;
    const read = turn === 0 ? 0 : input - 1_000;
    return aRecord({
      id: `t${turn}`,
      'time.at': 1_790_000_000_000 + every * turn,
      'session.id': 'one',
      'request.turns': turn + 1,
      'request.input_tokens': input,
      'session.prefix_hashes': Array.from({ length: turn + 2 }, (_, at) => `h${at}:${1_000 * (at + 1)}`),
      'usage.input_tokens': input - read,
      'usage.cache_read_tokens': read,
      'decision.path': 'small',
    });
  });
}

function awayAt(turn: number) {
  return aPlan({
    which: {
      kind: 'condition',
      cases: [{ id: 'it', when: `request.turns == ${turn}`, to: 'big' }],
      else: 'small',
    },
    small: { kind: 'model', target: mini },
    big: { kind: 'model', target: big },
  });
}

function whatIf(records: readonly RequestRecord[], candidate: ReturnType<typeof aPlan>) {
  const columns = columnsFromRecords(records.map((record) => ({ ...record, 'decision.path': '' })));
  return simulate({
    columns,
    candidate,
    baseline: null,
    priceBook: defaultPriceBook,
    catalogue: defaultCatalogue,
    seed: 1,
    estimates: fitEstimates(columns, defaultCatalogue),
  });
}

function inOrder(list: readonly Turn[]): readonly Turn[] {
  let at = 0;
  return list.map((turn) => {
    at += turn.at;
    return { ...turn, at };
  });
}

function turnRecord({ at, session, blocks }: Turn): RequestRecord {
  return aRecord({
    'time.at': at,
    'session.id': '',
    'session.prefix_hashes': Array.from(
      { length: blocks },
      (_, block) => `${session}.${block}:${500 * (block + 1)}`,
    ),
  });
}
