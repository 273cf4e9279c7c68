import { z } from 'zod';

/**
 * A moment: ms since 1970; `14:00`, on the first day (UTC) of the record set; `+90m`, `+2h`, `+1d` after its first record;
 * or an ISO date or time such as `2026-11-22` and `2026-11-22T14:00Z`.
 */
const Moment = z.union([
  z.number().int().min(0),
  z.string().refine((text) => momentAt(text, 0) !== undefined, {
    error: 'is no moment: write 14:00, +90m, +2h, +1d, 2026-11-22 or 2026-11-22T14:00Z',
  }),
]);
export type Moment = number | string;

/** Left out: from the first record on, to the last. The end does not belong to it. */
const span = { from: Moment.optional(), to: Moment.optional() };
/** A target, or a pattern such as `anthropic/*`. */
const Target = z.string().min(1);
const Factor = z.number().positive().max(1_000);

/** Something that goes wrong, or changes, while a record set is replayed. */
export const Incident = z.discriminatedUnion('kind', [
  /** Every call to it fails. */
  z.strictObject({
    kind: z.literal('outage'),
    target: Target,
    error: z.enum(['server_error', 'timeout', 'network']).default('server_error'),
    ...span,
  }),
  /** `share` of the calls to it are answered 429, or `factor` times as many as in the log. */
  z
    .strictObject({
      kind: z.literal('rate_limited'),
      target: Target,
      share: z.number().min(0).max(1).optional(),
      factor: Factor.optional(),
      ...span,
    })
    .refine(({ share, factor }) => (share === undefined) !== (factor === undefined), {
      error: 'needs either a share of calls (0–1) or a factor, not both',
    }),
  /** It takes so many times as long. */
  z.strictObject({ kind: z.literal('slow'), target: Target, factor: Factor.min(1), ...span }),
  /** It costs so many times as much. */
  z.strictObject({ kind: z.literal('price'), target: Target, factor: z.number().min(0).max(1_000), ...span }),
  /** So many times as many requests come. */
  z.strictObject({ kind: z.literal('traffic'), factor: z.number().min(0).max(20), ...span }),
]);
export type Incident = z.output<typeof Incident>;

const minute = 60_000;
const units = { s: 1_000, m: minute, h: 60 * minute, d: 1_440 * minute } as const;

/** A moment in ms since 1970, of a set that starts at `start`; undefined where the text is none. */
export function momentAt(moment: Moment, start: number): number | undefined {
  if (typeof moment === 'number') return moment;
  const clock = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(moment);
  if (clock !== null) return start - (start % units.d) + (Number(clock[1]) * 60 + Number(clock[2])) * minute;
  const after = /^\+(\d{1,6})([smhd])$/.exec(moment);
  if (after !== null) {
    const [, count, unit] = after;
    return isUnit(unit) ? start + Number(count) * units[unit] : undefined;
  }
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z?)?$/.test(moment)) return undefined;
  const hasTime = moment.includes('T');
  const at = Date.parse(hasTime && !moment.endsWith('Z') ? `${moment}Z` : moment);
  return Number.isNaN(at) ? undefined : at;
}

function isUnit(unit: string | undefined): unit is keyof typeof units {
  return unit !== undefined && Object.hasOwn(units, unit);
}

/** When an incident holds, ms since 1970; `to` is exclusive. An end by the clock before its start is on the next day. */
export function spanOf(
  { from, to }: Pick<Incident, 'from' | 'to'>,
  start: number,
): { readonly from: number; readonly to: number } {
  const begins = from === undefined ? Number.NEGATIVE_INFINITY : (momentAt(from, start) ?? start);
  const ends = to === undefined ? Number.POSITIVE_INFINITY : (momentAt(to, start) ?? start);
  const overMidnight = ends <= begins && typeof to === 'string' && /^\d\d:\d\d$/.test(to);
  return { from: begins, to: overMidnight ? ends + units.d : ends };
}
