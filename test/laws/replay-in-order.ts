import { costOf, type PriceBook, priceOf, usageOfColumns } from '#engine/catalogue/index.ts';
import { windowStart } from '#engine/nodes/index.ts';
import { type Decision, decide, type Plan } from '#engine/plan/index.ts';
import { type NamedSignals, type RequestRecord, signalsFrom } from '#engine/signals/index.ts';

/** Decides the records of a log one after the other, keeping count of every limit by hand. */
export function decideInOrder(
  plan: Plan,
  records: readonly RequestRecord[],
  priceBook: PriceBook,
): readonly Decision[] {
  /** By limit, window and key. */
  const counts = new Map<string, number>();
  return records.map((record) => {
    const placeOf = (limit: Plan['limits'][number]): string | undefined => {
      const at = record['time.at'];
      const key = limit.per === null ? '' : (record as unknown as Record<string, string | null>)[limit.per];
      return at === null || key == null
        ? undefined
        : JSON.stringify([limit.node, windowStart(limit.window, at), key]);
    };
    const used = plan.limits.flatMap((limit) => {
      const place = placeOf(limit);
      return place === undefined ? [] : [[limit.node, counts.get(place) ?? 0] as const];
    });
    const isOwn = record['decision.hash'] === plan.hash;
    const seen: NamedSignals = isOwn ? record : { ...record, 'limits.used': Object.fromEntries(used) };
    const decision = decide(plan, signalsFrom(seen));
    const passed = new Set(decision.path.filter(({ port }) => port === 'within').map(({ node }) => node));
    for (const limit of plan.limits) {
      const place = placeOf(limit);
      if (place === undefined || !passed.has(limit.node)) continue;
      counts.set(
        place,
        (counts.get(place) ?? 0) + amountOf(limit.unit, record, firstOf(decision), priceBook),
      );
    }
    return decision;
  });
}

function firstOf({ attempts: [first] }: Decision): string {
  return first?.kind === 'call' ? first.target : '';
}

/** What a row uses of a limit at the target that serves it; `""`: none does. */
export function amountOf(
  unit: Plan['limits'][number]['unit'],
  record: RequestRecord,
  target: string,
  priceBook: PriceBook,
): number {
  if (unit === 'requests') return 1;
  if (target === '') return 0;
  if (unit === 'tokens') return inputOf(record) + outputOf(record);
  const logged = targetOf(record);
  if (logged === target && record['cost.nano_usd'] !== null) return record['cost.nano_usd'] / 1e9;
  return (pricedAt(record, target, logged, priceBook) ?? 0) / 1e9;
}

function inputOf(record: RequestRecord): number {
  return (
    (record['usage.input_tokens'] ?? 0) +
    (record['usage.cache_read_tokens'] ?? 0) +
    (record['usage.cache_write_5m_tokens'] ?? 0) +
    (record['usage.cache_write_1h_tokens'] ?? 0)
  );
}

/** Tokens of a logged answer, reasoning included. */
export function outputOf(record: RequestRecord): number {
  return (record['usage.output_tokens'] ?? 0) + (record['usage.reasoning_tokens'] ?? 0);
}

/** The target a log names as the first of a row. */
export function targetOf(record: RequestRecord): string {
  const logged = record['decision.targets'];
  const refused = record['outcome.status'] === 'refused';
  const tried =
    logged.length === 0 && record['decision.path'] === '' && !refused ? [record['outcome.target']] : logged;
  return tried[0] ?? '';
}

/** What a row's tokens cost at a target, its answer cut to `cap`; `null` where it cannot be told. */
export function pricedAt(
  record: RequestRecord,
  target: string,
  logged: string,
  priceBook: PriceBook,
  cap: number | null = null,
): number | null {
  const whole = usageOfColumns(record);
  if (whole === null || record['usage.source'] === 'none') return null;
  const price = priceOf(priceBook, target);
  const usage = cap === null ? whole : cutTo(whole, cap);
  // Another model serves in the standard way where its price does not know the way the logged one served.
  const { serviceTier = '', ...standard } = usage;
  const kept = (cap === null && target === logged) || price?.modes[serviceTier] !== undefined;
  const cost = costOf(kept ? usage : standard, price, record['time.at'] ?? undefined);
  return cost === 'unpriced' ? null : cost;
}

function cutTo(usage: NonNullable<ReturnType<typeof usageOfColumns>>, cap: number) {
  const reasoningTokens = Math.min(usage.reasoningTokens ?? 0, cap);
  return {
    ...usage,
    reasoningTokens,
    outputTokens: Math.min(usage.outputTokens ?? 0, cap - reasoningTokens),
  };
}

/** What a judge costs that reads request and answer and writes a hundred tokens. */
export function judgedAt(record: RequestRecord, target: string, priceBook: PriceBook): number | null {
  const price = priceOf(priceBook, target);
  if (price === undefined) return null;
  const input = inputOf(record) + outputOf(record);
  const rates = price.tiers.findLast((tier) => input > tier.aboveInputTokens) ?? price;
  return Math.floor((input * rates.input + 100 * rates.output + 500) / 1_000);
}
