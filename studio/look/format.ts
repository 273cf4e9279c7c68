/** Every number a person reads in the studio is written here. */

const minus = '\u2212';
const space = '\u00a0';
const nanoPerUsd = 1_000_000_000n;

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/**
 * Money from whole nano-dollars, rounded half up in whole numbers: two decimals from a dollar on (`$1,234.56`), three
 * significant digits below (`$0.00042`). `null` is unknown and says so.
 */
export function formatMoney(nanoUsd: number | null): string {
  if (nanoUsd === null) return 'unknown';
  const negative = nanoUsd < 0;
  const nano = BigInt(Math.trunc(Math.abs(nanoUsd)));
  const text = `$${decimalText(nano, decimalsFor(nano))}`;
  return negative ? minus + text : text;
}

/** All nine decimals, trailing zeros trimmed to cents: what a tooltip shows. */
export function formatMoneyExactly(nanoUsd: number): string {
  const nano = BigInt(Math.trunc(Math.abs(nanoUsd)));
  return `${nanoUsd < 0 ? minus : ''}$${trimmed(decimalText(nano, 9))}`;
}

/** With its sign always: `+$2.10`, `−$172.00`, `±$0.00`. */
export function formatMoneyChange(nanoUsd: number): string {
  return `${signOf(nanoUsd)}${formatMoney(Math.abs(nanoUsd))}`;
}

/** For axes and narrow places: `$1.2k`, `$3.4M`. */
export function formatMoneyShort(nanoUsd: number): string {
  const usd = Math.abs(nanoUsd) / 1e9;
  const sign = nanoUsd < 0 ? minus : '';
  if (usd >= 1e6) return `${sign}$${short(usd / 1e6)}M`;
  if (usd >= 1e3) return `${sign}$${short(usd / 1e3)}k`;
  if (usd >= 100) return `${sign}$${grouped.format(Math.round(usd))}`;
  if (usd >= 1) return `${sign}$${usd.toFixed(2).replace(/\.00$/, '')}`;
  return formatMoney(Math.round(nanoUsd));
}

/** USD per million tokens, as the catalogue states it: `$0.25`, `$0.075`, `$15.00`. */
export function formatPrice(usdPerMillion: number | null): string {
  if (usdPerMillion === null) return '–';
  if (usdPerMillion === 0) return 'free';
  const text = usdPerMillion.toFixed(6);
  return `$${trimmed(text)}`;
}

/** A share of 1 as percent: whole from 10 % on, one decimal below; never “0 %” for something. */
export function formatShare(share: number | null): string {
  if (share === null || Number.isNaN(share)) return '–';
  const percent = Math.abs(share) * 100;
  const sign = share < 0 ? minus : '';
  if (percent === 0) return `0${space}%`;
  if (percent < 0.1) return `${sign === '' ? '<' : `${minus}<`}0.1${space}%`;
  const text = percent >= 9.95 ? String(Math.round(percent)) : trimmedDecimal(percent.toFixed(1));
  return `${sign}${text}${space}%`;
}

/** Relative change with sign: `−21 %`, `+3.4 %`; `–` where there was nothing before. */
export function formatChange(before: number, after: number): string {
  if (before === 0) return after === 0 ? `±0${space}%` : 'new';
  const change = (after - before) / Math.abs(before);
  if (change === 0) return `±0${space}%`;
  return change < 0 ? formatShare(change) : `+${formatShare(change)}`;
}

/** Whole numbers with separators. */
export function formatCount(count: number | null): string {
  if (count === null) return '–';
  return count < 0 ? `${minus}${grouped.format(-count)}` : grouped.format(count);
}

/** Tokens: exact below ten thousand, then `12.3k`, `1.2M`. */
export function formatTokens(tokens: number | null): string {
  if (tokens === null) return '–';
  if (tokens >= 999_500) return `${short(tokens / 1e6)}M`;
  if (tokens >= 10_000) return `${short(tokens / 1e3)}k`;
  return grouped.format(tokens);
}

/** A duration from milliseconds: `0.4 ms`, `842 ms`, `1.24 s`, `2 min 05 s`. */
export function formatDuration(ms: number | null): string {
  if (ms === null || Number.isNaN(ms)) return '–';
  if (ms < 1) return `${trimmedDecimal(ms.toFixed(1))}${space}ms`;
  if (Math.round(ms) < 1_000) return `${Math.round(ms)}${space}ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(2)}${space}s`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)}${space}s`;
  const seconds = Math.round(ms / 1_000);
  const rest = String(seconds % 60).padStart(2, '0');
  return `${Math.floor(seconds / 60)}${space}min${space}${rest}${space}s`;
}

const timeOfDay = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dayAndTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const fullTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

/** Clock time for today, date and time before. */
export function formatTime(atMs: number, nowMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return (isToday ? timeOfDay : dayAndTime).format(atMs);
}

export function formatTimeFully(atMs: number): string {
  return fullTime.format(atMs);
}

/** `just now`, `3 min ago`, `5 h ago`, `2 days ago`, then the date. */
export function formatAgo(atMs: number, nowMs: number): string {
  const seconds = Math.max(0, Math.round((nowMs - atMs) / 1_000));
  if (seconds < 45) return 'just now';
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.round(hours / 24);
  return days < 30 ? `${days} day${days === 1 ? '' : 's'} ago` : dayAndTime.format(atMs);
}

/** `3 nodes`, `1 node`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The first characters of a hash, enough to recognise it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 8);
}

function signOf(value: number): string {
  if (value === 0) return '±';
  return value < 0 ? minus : '+';
}

/** Decimals that show three significant digits below a dollar, two from there on. */
function decimalsFor(nano: bigint): number {
  if (nano === 0n || nano >= nanoPerUsd) return 2;
  const digits = nano.toString().length;
  return Math.min(9, Math.max(2, 9 - digits + 3));
}

function decimalText(nano: bigint, decimals: number): string {
  const unit = 10n ** BigInt(9 - decimals);
  const rounded = (nano + unit / 2n) / unit;
  const scale = 10n ** BigInt(decimals);
  const whole = grouped.format(rounded / scale);
  const fraction = (rounded % scale).toString().padStart(decimals, '0');
  return decimals > 2 ? trimmed(`${whole}.${fraction}`) : `${whole}.${fraction}`;
}

/** Trailing zeros go, two decimals stay. */
function trimmed(text: string): string {
  return text.replace(/(\.\d\d\d*?)0+$/, '$1');
}

function trimmedDecimal(text: string): string {
  return text.replace(/\.0$/, '');
}

function short(value: number): string {
  if (value >= 99.95) return grouped.format(Math.round(value));
  return trimmedDecimal(value.toFixed(1));
}
