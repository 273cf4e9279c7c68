import type { Forecast } from '#server/contract/index.ts';
import { formatCount, formatMoney, plural } from '../look/format.ts';

type Told = Extract<Forecast, { kind: 'told' }>;

/** How a forecast stands, in a word or two, with its tone. */
export const verdictWords = {
  too_early: { text: 'too early', tone: 'neutral' },
  within: { text: 'as forecast', tone: 'good' },
  above: { text: 'dearer than forecast', tone: 'bad' },
  below: { text: 'cheaper than forecast', tone: 'warn' },
} as const satisfies Readonly<Record<Told['verdict'], object>>;

/** A forecast's cost against what came, in a sentence. */
export function forecastSentence({ verdict, requests, cost_per_request }: Told, fewest: number): string {
  const { low, high, actual } = cost_per_request;
  if (requests === 0) return 'It has decided no request yet.';
  if (verdict === 'too_early')
    return `Too early to tell: ${plural(requests, 'request')} so far, and under ${fewest} with a known cost say little.`;
  return `${formatMoney(actual)} a request over ${formatCount(requests)} requests; forecast were ${formatMoney(low)} to ${formatMoney(high)}.`;
}

/** How well forecasts came true so far; `null` before there is one to judge. */
export function trackRecord(forecasts: readonly Forecast[]): string | null {
  const judged = forecasts.filter((one) => one.kind === 'told' && one.verdict !== 'too_early');
  if (judged.length === 0) return null;
  const right = judged.filter((one) => one.kind === 'told' && one.verdict === 'within').length;
  const of = judged.length === 1 ? 'the one forecast' : `${judged.length} forecasts`;
  return `The cost came within the interval for ${right} of ${of} that can be judged.`;
}
