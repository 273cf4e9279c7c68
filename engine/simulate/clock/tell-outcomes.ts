import type { RecordFacts } from '../prepare-records.ts';
import type { SimulationResult } from '../result.ts';
import type { Incident } from './incident.ts';
import { type Outcomes, rowEnds } from './replay-on-clock.ts';

/** A what-if on the clock: what was injected, and how rows ended on each side (`before` is `null`: the log itself). */
export interface Rehearsal {
  readonly incidents: readonly Incident[];
  readonly budgets: number;
  readonly after: Outcomes;
  readonly before: Outcomes | null;
}

const hour = 3_600_000;

/** A result with what incidents and budgets did to it. Requests that failed for good count as errors, not as refusals. */
export function withOutcomes(
  result: SimulationResult,
  rehearsal: Rehearsal,
  facts: RecordFacts,
): SimulationResult {
  const { after, before, incidents } = rehearsal;
  const [failedAfter, failedBefore] = [countOf(after, 'failed'), countOf(before, 'failed')];
  const { errors, fallbacks, refused, assumptions } = result;
  return {
    ...result,
    refused: { before: refused.before - failedBefore, after: refused.after - failedAfter },
    errors: {
      before: errors.before + failedBefore,
      after: errors.after + failedAfter,
      low: errors.low + failedAfter,
      high: errors.high + failedAfter,
    },
    fallbacks: {
      before: fallbacks.before + countOf(before, 'degraded'),
      after: fallbacks.after + countOf(after, 'degraded'),
    },
    incidents: [...incidents],
    timeline: timelineOf(rehearsal, facts),
    assumptions: [...assumptions, ...sentencesAbout(rehearsal)],
  };
}

function countOf(outcomes: Outcomes | null, end: (typeof rowEnds)[number]): number {
  const code = rowEnds.indexOf(end);
  return outcomes === null ? 0 : outcomes.ends.reduce((count, one) => count + Number(one === code), 0);
}

type Hour = SimulationResult['timeline'][number];

/** Every hour that has a request with a known time. The log's own side knows refusals and fallbacks, no added latency. */
function timelineOf({ after, before }: Rehearsal, facts: RecordFacts): Hour[] {
  const hours = new Map<number, Hour>();
  for (let row = 0; row < after.ends.length; row += 1) {
    const time = facts.timeAt(row);
    if (time === undefined) continue;
    const at = time - (time % hour);
    const known = hours.get(at) ?? emptyHour(at);
    const now = ownSide(after, row);
    const then = before === null ? loggedSide(facts, row) : ownSide(before, row);
    const add = (name: keyof Side) => ({
      before: known[name].before + then[name],
      after: known[name].after + now[name],
    });
    hours.set(at, {
      at,
      requests: known.requests + 1,
      refused: add('refused'),
      fallbacks: add('fallbacks'),
      degraded: add('degraded'),
      added_latency_ms: add('added_latency_ms'),
    });
  }
  return [...hours.values()].sort((left, right) => left.at - right.at);
}

interface Side {
  readonly refused: number;
  readonly fallbacks: number;
  readonly degraded: number;
  readonly added_latency_ms: number;
}

/** Without an answer: refused, or failed with nothing left. */
function ownSide({ ends, fallen, addedMs }: Outcomes, row: number): Side {
  const end = rowEnds[ends[row] ?? 0];
  return {
    refused: Number(end === 'refused' || end === 'failed' || end === 'denied'),
    fallbacks: Number((fallen[row] ?? 0) > 0),
    degraded: Number(end === 'degraded'),
    added_latency_ms: addedMs[row] ?? 0,
  };
}

function loggedSide({ logged }: RecordFacts, row: number): Side {
  const decision = logged.decisions[logged.codes[row] ?? 0];
  const fell = Number(decision?.served === true && !decision.direct);
  return {
    refused: Number(decision?.refused === true || decision?.failed === true),
    fallbacks: fell,
    degraded: fell,
    added_latency_ms: 0,
  };
}

function emptyHour(at: number): Hour {
  const none = { before: 0, after: 0 };
  return { at, requests: 0, refused: none, fallbacks: none, degraded: none, added_latency_ms: none };
}

function sentencesAbout({ incidents, budgets, before }: Rehearsal): readonly string[] {
  const told = incidents.map((incident) => `Injected: ${describeIncident(incident)}.`);
  return [
    ...told,
    ...(budgets > 0
      ? [
          `${budgets} budgets were kept: each request is counted as soon as it comes, with the cost it has here; a hard one refuses what would pass it.`,
        ]
      : []),
    ...(before === null
      ? [
          'The log is shown as it was: outages, rate limits, slowness and budgets meet the candidate only; traffic and prices meet both.',
        ]
      : ['Baseline and candidate meet the same failures.']),
    'Outside incidents calls go as logged. A failed call takes 0.5 s, a 429 0.2 s, a lost connection 1 s, a timeout its deadline or 60 s; this added latency is in the timeline, not in the latency curves.',
  ];
}

export function describeIncident(incident: Incident): string {
  const { from, to } = incident;
  const when = `${from === undefined ? '' : ` from ${momentText(from)}`}${to === undefined ? '' : ` to ${momentText(to)}`}`;
  switch (incident.kind) {
    case 'outage':
      return `${incident.target} fails every call (${incident.error})${when}`;
    case 'rate_limited':
      return incident.share === undefined
        ? `${incident.target} answers 429 ${incident.factor} times as often as logged${when}`
        : `${incident.target} answers 429 to ${100 * incident.share} % of calls${when}`;
    case 'slow':
      return `${incident.target} takes ${incident.factor} times as long${when}`;
    case 'price':
      return `${incident.target} costs ${incident.factor} times as much${when}`;
    case 'traffic':
      return `${incident.factor} times as many requests${when}`;
  }
}

function momentText(moment: string | number): string {
  return typeof moment === 'string' ? moment : new Date(moment).toISOString();
}
