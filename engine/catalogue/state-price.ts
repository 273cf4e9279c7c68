import type { Period, Price, PriceLine } from './price.ts';
import type { Rates } from './rates.ts';

type Stated = Readonly<Record<string, unknown>>;

const callNames = {
  webSearchCalls: 'web_search',
  fileSearchCalls: 'file_search',
  codeExecutionCalls: 'code_execution',
  socialSearchCalls: 'social_search',
} as const;

/**
 * A price as a config file would state it: `parsePrice(statePrice(price))` is the price, but for its source. Classes that
 * cost what they would cost if they were left out are left out. USD per million tokens, exact for six decimals.
 */
export function statePrice(price: Price): Stated {
  const calls = Object.entries(callNames).flatMap(([key, name]) => {
    const pico = price.calls[key as keyof typeof callNames];
    return pico === undefined ? [] : [[name, pico / 1e9]];
  });
  return {
    ...stateLine(price),
    ...(Object.keys(price.modes).length === 0
      ? {}
      : {
          modes: Object.fromEntries(
            Object.entries(price.modes).map(([mode, line]) => [mode, stateLine(line)]),
          ),
        }),
    ...(price.periods.length === 0 ? {} : { periods: price.periods.map((one) => statePeriod(one, price)) }),
    ...(calls.length === 0 ? {} : { per_thousand_calls: Object.fromEntries(calls) }),
    ...(price.regionalPercent === 0 ? {} : { regional_percent: price.regionalPercent }),
    ...(price.note === undefined ? {} : { note: price.note }),
  };
}

/** A tier has to state what its base states, a period what the price states. */
function stateLine(line: PriceLine, like: Stated = {}): Stated {
  const own = stateRates(line, like);
  // A class that one tier states is stated by the base and by every tier.
  const together = Object.assign({}, ...line.tiers.map((tier) => stateRates(tier, own)), own);
  const base = stateRates(line, together);
  const tiers = line.tiers.map((tier) => ({
    above_input_tokens: tier.aboveInputTokens,
    ...stateRates(tier, together),
  }));
  return { ...base, ...(tiers.length === 0 ? {} : { tiers }) };
}

function statePeriod({ from, until, minutes, ...line }: Period, price: Price): Stated {
  return {
    ...(Number.isFinite(from) ? { from: day(from) } : {}),
    ...(Number.isFinite(until) ? { until: day(until) } : {}),
    ...(minutes === null ? {} : { hours: minutes.map(clock) }),
    ...stateLine(line, stateLine(price)),
  };
}

/** The rates that are not what they would be if left out, and those of the classes that `like` states. */
function stateRates(rates: Rates, like: Stated): Stated {
  const silent = {
    cache_read: [rates.cacheRead, rates.input],
    cache_write: [rates.cacheWrite5m, rates.input],
    cache_write_1h: [rates.cacheWrite1h, rates.cacheWrite5m],
    reasoning: [rates.reasoning, rates.output],
    image_input: [rates.imageInput, rates.input],
    audio_input: [rates.audioInput, undefined],
    audio_cache_read: [rates.audioCacheRead, rates.audioInput],
    audio_output: [rates.audioOutput, undefined],
    image_output: [rates.imageOutput, undefined],
  } as const;
  const stated = Object.entries(silent).flatMap(([name, [rate, otherwise]]) =>
    rate !== undefined && (rate !== otherwise || name in like) ? [[name, usd(rate)]] : [],
  );
  return { input: usd(rates.input), output: usd(rates.output), ...Object.fromEntries(stated) };
}

function usd(pico: number): number {
  return pico / 1_000_000;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
