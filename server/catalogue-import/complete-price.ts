import type { Extras } from './read-modes.ts';
import { type UsdLine, type UsdPrice, withOneHourWrites } from './read-prices.ts';
import { xaiCalls } from './vendors.ts';

export interface Priced {
  /** The provider of the catalogue. */
  readonly vendor: string;
  readonly family: string;
  /** Whether the model takes audio. */
  readonly hears: boolean;
}

/** A standard price with its modes, calls and surcharges, and with what the vendor states for several classes at once. */
export function completePrice({ vendor, family, hears }: Priced, price: UsdPrice, extras: Extras): UsdPrice {
  const calls = {
    ...extras.per_thousand_calls,
    ...price.per_thousand_calls,
    ...(vendor === 'xai' ? xaiCalls : {}),
  };
  const asText = family === 'gemini' && hears && price.audio_input === undefined;
  const complete = (line: UsdLine): UsdLine => {
    const written = family === 'anthropic' ? withOneHourWrites(line) : line;
    return asText ? withAudioAsText(written) : written;
  };
  const { periods, ...standard } = price;
  return {
    ...standard,
    ...complete(price),
    ...(periods === undefined
      ? {}
      : { periods: periods.map((period) => ({ ...period, ...complete(period) })) }),
    ...(extras.modes === undefined
      ? {}
      : {
          modes: Object.fromEntries(
            Object.entries(extras.modes).map(([mode, line]) => [mode, complete(line)]),
          ),
        }),
    ...(extras.regional_percent === undefined ? {} : { regional_percent: extras.regional_percent }),
    ...(Object.keys(calls).length === 0 ? {} : { per_thousand_calls: calls }),
  };
}

/** Google states one price for text, images, video and audio wherever it names none for audio. */
function withAudioAsText(line: UsdLine): UsdLine {
  const heard = <
    T extends { readonly input: string | number; readonly cache_read?: string | number | undefined },
  >(
    rates: T,
  ) => ({
    ...rates,
    audio_input: rates.input,
    ...(rates.cache_read === undefined ? {} : { audio_cache_read: rates.cache_read }),
  });
  return { ...heard(line), ...(line.tiers === undefined ? {} : { tiers: line.tiers.map(heard) }) };
}
