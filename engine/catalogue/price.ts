import { z } from 'zod';
import { CallRate, type Rates, type RatesUsd, rateFields, ratesOf } from './rates.ts';
import type { CallClass } from './usage.ts';

/** Rates that hold for the whole request once its input (all input classes) exceeds the threshold. */
export interface Tier extends Rates {
  readonly aboveInputTokens: number;
}

/** Rates with the tiers above them. */
export interface PriceLine extends Rates {
  /** Ascending by threshold; empty for a flat price. */
  readonly tiers: readonly Tier[];
}

/** A price that holds on some days, or in some hours of each day. */
export interface Period extends PriceLine {
  /** ms since 1970, inclusive; −∞ where it has always held. */
  readonly from: number;
  /** ms since 1970, exclusive; ∞ where no end is known. */
  readonly until: number;
  /** Minutes of the UTC day, the end exclusive; `null`: all day. */
  readonly minutes: readonly [number, number] | null;
}

/** The standard price of a model, and what differs from it. */
export interface Price extends PriceLine {
  /** Other prices by the way the provider serves: `batch`, `flex`, `priority`, …. */
  readonly modes: Readonly<Record<string, PriceLine>>;
  /** The first that fits the time of a request counts; else the price itself. Standard mode only. */
  readonly periods: readonly Period[];
  /** Pico-dollars a call of the provider's own tools. */
  readonly calls: Readonly<Partial<Record<CallClass, number>>>;
  /** Per cent on top of all token rates where a region is promised; 0 where the vendor states none. */
  readonly regionalPercent: number;
  /** Where the price comes from, such as `genai-prices 0.1.8` or `override`. */
  readonly source: string;
  /** What this price leaves out, for people. */
  readonly note?: string;
}

/** The price of one model cannot be read. `field` is the path inside `price_usd_per_million`. */
export class PriceError extends Error {
  readonly model: string;
  readonly field: string;
  /** What is wrong with the field, without naming it. */
  readonly problem: string;

  constructor(model: string, field: string, problem: string) {
    super(`Price of ${model}, ${field}: ${problem}`);
    this.name = 'PriceError';
    this.model = model;
    this.field = field;
    this.problem = problem;
  }
}

const TierUsd = z.strictObject({ above_input_tokens: z.int().positive(), ...rateFields });
type TierUsd = z.output<typeof TierUsd>;
const lineFields = { ...rateFields, tiers: z.array(TierUsd).optional() };
const LineUsd = z.strictObject(lineFields).superRefine(checkTiers);
type LineUsd = z.output<typeof LineUsd>;

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the UTC day, such as 16:30');
const Day = z.iso.date('must be a day, such as 2027-01-01');
const PeriodUsd = z
  .strictObject({
    from: Day.optional(),
    until: Day.optional(),
    hours: z.tuple([Clock, Clock]).optional(),
    ...lineFields,
  })
  .superRefine(checkTiers)
  .refine(
    ({ from, until, hours }) => from !== undefined || until !== undefined || hours !== undefined,
    'says when it holds: from, until (days) or hours',
  )
  .refine(
    ({ from, until }) => from === undefined || until === undefined || from < until,
    'ends before it begins: from must be before until',
  );

const Percent = z.int('must be a whole number of per cent, 0 to 1000').min(0).max(1_000);

/** `price_usd_per_million` as a config file states it. What it leaves out follows `ratesOf`'s rules. */
export const PriceUsdPerMillion = z
  .strictObject({
    ...lineFields,
    modes: z
      .record(
        z.string().regex(/^[a-z][a-z0-9_-]{0,31}$/, 'must be a name such as batch or priority'),
        LineUsd,
      )
      .optional(),
    periods: z.array(PeriodUsd).optional(),
    per_thousand_calls: z
      .strictObject({
        web_search: CallRate.optional(),
        file_search: CallRate.optional(),
        code_execution: CallRate.optional(),
        social_search: CallRate.optional(),
      })
      .optional(),
    regional_percent: Percent.optional(),
    note: z.string().optional(),
  })
  .superRefine(checkTiers)
  .superRefine((price, context) => {
    for (const [index, period] of (price.periods ?? []).entries())
      for (const field of statedIn(price).filter((name) => period[name] === undefined))
        context.addIssue({
          code: 'custom',
          path: ['periods', index, field],
          message: 'is missing: a period states every class its base price states',
          input: period,
        });
  });

interface Tiered extends RatesUsd {
  readonly tiers?: readonly TierUsd[] | undefined;
}

function checkTiers(line: Tiered, context: z.core.$RefinementCtx): void {
  const stated = statedIn(line);
  for (const [index, tier] of (line.tiers ?? []).entries()) {
    for (const [field, problem] of tierProblems(stated, tier, line.tiers?.[index - 1])) {
      context.addIssue({ code: 'custom', path: ['tiers', index, field], message: problem, input: tier });
    }
  }
}

/** The classes that a line names. */
function statedIn(line: RatesUsd): readonly (keyof RatesUsd)[] {
  const names = Object.keys(rateFields) as (keyof RatesUsd)[];
  return names.filter((name) => line[name] !== undefined);
}

function tierProblems(
  stated: readonly string[],
  tier: TierUsd,
  previous: TierUsd | undefined,
): readonly [string, string][] {
  const missing = stated.filter((field) => !(field in tier));
  const problems = missing.map((field): [string, string] => [
    field,
    'is missing: a tier states every class its base price states',
  ]);
  if (previous && previous.above_input_tokens >= tier.above_input_tokens)
    problems.push([
      'above_input_tokens',
      `must be more than ${previous.above_input_tokens}, the tier before`,
    ]);
  return problems;
}

/**
 * Reads `price_usd_per_million`. Explicit zeros are a free model.
 *
 * @throws {PriceError} naming the model and the field, for anything that is no price.
 */
export function parsePrice(model: string, raw: unknown, source: string): Price {
  const parsed = PriceUsdPerMillion.safeParse(raw);
  if (!parsed.success) throw firstError(model, parsed.error.issues);
  const {
    modes = {},
    periods = [],
    per_thousand_calls = {},
    regional_percent = 0,
    note,
    ...line
  } = parsed.data;
  return {
    ...readLine(line),
    modes: Object.fromEntries(Object.entries(modes).map(([mode, one]) => [mode, readLine(one)])),
    periods: periods.map(readPeriod),
    calls: readCalls(per_thousand_calls),
    regionalPercent: regional_percent,
    source,
    ...(note === undefined ? {} : { note }),
  };
}

function readLine({ tiers = [], ...base }: LineUsd): PriceLine {
  return {
    ...ratesOf(base),
    tiers: tiers.map(({ above_input_tokens, ...rates }) => ({
      aboveInputTokens: above_input_tokens,
      ...ratesOf(rates),
    })),
  };
}

function readPeriod({ from, until, hours, ...line }: z.output<typeof PeriodUsd>): Period {
  return {
    ...readLine(line),
    from: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    until: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    minutes: hours === undefined ? null : [minuteOf(hours[0]), minuteOf(hours[1])],
  };
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

function readCalls(usd: {
  readonly web_search?: number | undefined;
  readonly file_search?: number | undefined;
  readonly code_execution?: number | undefined;
  readonly social_search?: number | undefined;
}): Price['calls'] {
  return {
    ...(usd.web_search === undefined ? {} : { webSearchCalls: usd.web_search }),
    ...(usd.file_search === undefined ? {} : { fileSearchCalls: usd.file_search }),
    ...(usd.code_execution === undefined ? {} : { codeExecutionCalls: usd.code_execution }),
    ...(usd.social_search === undefined ? {} : { socialSearchCalls: usd.social_search }),
  };
}

const dayMs = 86_400_000;
/** Times before 2000 come from logs whose clock is relative: nobody knows which day it was. */
const firstDay = 946_684_800_000;

/**
 * The rates and tiers for a way of serving and a time; undefined where the provider served in a way whose price is not
 * stated: it may be dearer, so no other price stands in.
 */
export function lineOf(price: Price, serviceTier: string | undefined, at?: number): PriceLine | undefined {
  if (serviceTier !== undefined) return price.modes[serviceTier];
  if (at === undefined || at < firstDay || price.periods.length === 0) return price;
  const minute = Math.floor((at % dayMs) / 60_000);
  return (
    price.periods.find((period) => at >= period.from && at < period.until && holds(period, minute)) ?? price
  );
}

/** Hours may go over midnight: 16:30 to 00:30. */
function holds({ minutes }: Period, minute: number): boolean {
  if (minutes === null) return true;
  const [from, until] = minutes;
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

function firstError(model: string, issues: readonly z.core.$ZodIssue[]): PriceError {
  const issue = issues[0];
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'invalid_key')
    return new PriceError(model, path.join('.'), issue.issues[0]?.message ?? 'is no name');
  if (issue?.code !== 'unrecognized_keys') {
    return new PriceError(
      model,
      path.join('.') || 'price_usd_per_million',
      issue?.message ?? 'is not readable',
    );
  }
  const known = Object.keys(rateFields).join(', ');
  return new PriceError(
    model,
    [...path, ...issue.keys.slice(0, 1)].join('.'),
    `is not a token class: ${known}`,
  );
}
