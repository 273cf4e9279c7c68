import { type Catalogue, type PriceBook, usageColumns } from '#engine/catalogue/index.ts';
import { decide, type Plan, pathText, targetsOf } from '#engine/plan/index.ts';
import { makeRecord, type RecordOutcome, type RequestRecord, signalsFrom } from '#engine/signals/index.ts';
import { seededRandom } from '../providers/sandbox/seeded-random.ts';
import { measureTurn } from './measure-turn.ts';
import { makeSampleCache } from './sample-cache.ts';
import { type Fate, serveTurn, type World } from './serve-turn.ts';
import { makeSessionMemory } from './session-memory.ts';
import { drawTurns } from './sessions.ts';

export interface SampleTraffic {
  /** The version that serves all of it. */
  readonly plan: Plan;
  readonly policyId: string;
  readonly version: number;
  readonly seed: number;
  /** The first moment after the sample, ms since 1970. */
  readonly until: number;
  readonly days: number;
  readonly records: number;
  readonly priceBook: PriceBook;
  readonly catalogue: Catalogue;
}

const dayMs = 86_400_000;

/**
 * Request records of an invented company, in order of time: lengths and hours as measured in public traces, every
 * decision made by the plan itself, every outcome by the sandbox's models. The same arguments give the same records.
 * Each row is marked as sandbox.
 */
export function* generateSampleTraffic(sample: SampleTraffic): Generator<RequestRecord, void, undefined> {
  const random = seededRandom(sample.seed);
  const world: World = {
    catalogue: sample.catalogue,
    priceBook: sample.priceBook,
    cache: makeSampleCache(),
    random,
  };
  const others = { random: seededRandom(sample.seed + 1), memory: makeSessionMemory() };
  const span = { from: sample.until - sample.days * dayMs, until: sample.until };
  for (const [index, turn] of drawTurns(span, sample.records, random).entries()) {
    const { signals, task } = measureTurn(turn, random, others);
    const decision = decide(sample.plan, signalsFrom(signals));
    const fate = serveTurn(turn, task, signals['request.stream'] === true, decision, world);
    const isAnswered = fate.status === 'served' || fate.status === 'abandoned';
    others.memory.remember(turn, isAnswered ? (fate.attempts.at(-1)?.target ?? '') : '', fate.totalMs);
    yield makeRecord(signals, {
      id: idOf(turn.at, index),
      sandbox: true,
      'decision.policy': sample.policyId,
      'decision.version': sample.version,
      'decision.hash': sample.plan.hash,
      'decision.path': pathText(decision.path),
      'decision.targets': targetsOf(decision),
      'decision.shadow': '',
      ...outcomeOf(fate),
      'cost.price_book': sample.priceBook.version,
    });
  }
}

/** Sorts by time: milliseconds and number in base 36, both of fixed width. */
function idOf(at: number, index: number): string {
  return `sample-${at.toString(36).padStart(9, '0')}-${index.toString(36).padStart(5, '0')}`;
}

type Outcome = Omit<RecordOutcome, 'id' | 'sandbox' | 'cost.price_book' | `decision.${string}`>;

function outcomeOf({ status, httpStatus, error, attempts, usage, totalMs, firstTokenMs }: Fate): Outcome {
  return {
    'outcome.status': status,
    'outcome.target': attempts.at(-1)?.target ?? '',
    'outcome.error': error,
    'outcome.http_status': httpStatus,
    'outcome.attempts': JSON.stringify(attempts),
    'outcome.dropped': [],
    'outcome.notes': [],
    ...usageColumns(usage),
    'usage.source': usage === null ? 'none' : status === 'abandoned' ? 'estimated' : 'provider',
    'cost.nano_usd': totalCost(attempts),
    'latency.total_ms': totalMs,
    'latency.first_token_ms': firstTokenMs,
  };
}

/** Unknown as soon as one attempt has no price. */
function totalCost(attempts: Fate['attempts']): number | null {
  let sum = 0;
  for (const { cost_nano_usd } of attempts) {
    if (cost_nano_usd === null) return null;
    sum += cost_nano_usd;
  }
  return sum;
}
