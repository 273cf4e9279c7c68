import { matchesGlob } from '../../catalogue/glob.ts';
import type { ErrorClass } from '../../nodes/index.ts';
import { type Column, codedOf, type RecordColumns } from '../columns.ts';
import { valueAt } from '../signals-at.ts';
import { type Incident, spanOf } from './incident.ts';
import { drawOf, startOf } from './stage.ts';

/** What a call to a target meets. */
export interface Met {
  /** `null`: it is served. */
  readonly error: ErrorClass | null;
  /** A served call takes so many times as long. */
  readonly slowness: number;
}

/** The same for every policy that is replayed through it. */
export interface Weather {
  readonly meet: (target: string, row: number, at: number | undefined) => Met;
  /** How much slower a target answers at a moment. */
  readonly slowness: (target: string, at: number) => number;
  /** Patterns of targets that are slow at some time. */
  readonly slow: readonly string[];
}

const fine: Met = { error: null, slowness: 1 };
/** Share of calls answered 429 where the log has none to multiply. */
const assumedRateLimited = 0.005;

/** Failures are drawn by the row's id, the target and the incident: the same again, whatever policy asks. */
export function makeWeather(incidents: readonly Incident[], columns: RecordColumns): Weather {
  const start = startOf(columns);
  const ids = columns.column('id');
  const shares = sharesOf429(columns);
  const all = incidents.map((incident, index) => ({ incident, index, ...spanOf(incident, start) }));
  const holding = (target: string, at: number) =>
    all.filter(
      ({ incident, from, to }) =>
        'target' in incident && at >= from && at < to && matchesGlob(incident.target, target),
    );
  const slowness = (target: string, at: number): number =>
    holding(target, at).reduce(
      (product, { incident }) => (incident.kind === 'slow' ? product * incident.factor : product),
      1,
    );
  return {
    slow: incidents.flatMap((incident) => (incident.kind === 'slow' ? [incident.target] : [])),
    slowness,
    meet: (target, row, at) => {
      if (at === undefined) return fine;
      const here = holding(target, at);
      if (here.length === 0) return fine;
      for (const { incident } of here)
        if (incident.kind === 'outage') return { error: incident.error, slowness: 1 };
      for (const { incident, index } of here) {
        if (incident.kind !== 'rate_limited') continue;
        // Of the calls answered 429, the log's own are in it already.
        const share = incident.share ?? Math.min(1, shares(target) * ((incident.factor ?? 1) - 1));
        if (drawOf(idAt(ids, row), target, String(index)) < share)
          return { error: 'rate_limit', slowness: 1 };
      }
      return { error: null, slowness: slowness(target, at) };
    },
  };
}

function idAt(ids: Column, row: number): string {
  return String(valueAt(ids, row) ?? row);
}

/** Share of the rows that ended at a target with a 429. */
function sharesOf429(columns: RecordColumns): (target: string) => number {
  const answered = codedOf(columns.column('outcome.target'), columns.length);
  const errors = codedOf(columns.column('outcome.error'), columns.length);
  const limited = errors.dictionary.indexOf('rate_limit');
  const calls = new Float64Array(answered.dictionary.length);
  const hits = new Float64Array(answered.dictionary.length);
  for (let row = 0; row < columns.length; row += 1) {
    const code = answered.codes[row] ?? 0;
    calls[code] = (calls[code] ?? 0) + 1;
    if (limited >= 0 && errors.codes[row] === limited) hits[code] = (hits[code] ?? 0) + 1;
  }
  const known = new Map(
    answered.dictionary.map((target, code) => [target, (hits[code] ?? 0) / Math.max(1, calls[code] ?? 0)]),
  );
  return (target) => known.get(target) || assumedRateLimited;
}
