import { describe, expect, it } from 'vitest';
import {
  formatAgo,
  formatChange,
  formatCount,
  formatDuration,
  formatMoney,
  formatMoneyChange,
  formatMoneyExactly,
  formatMoneyShort,
  formatPrice,
  formatShare,
  formatTokens,
  plural,
} from '../../../studio/look/format.ts';

const usd = 1_000_000_000;

/** Non-breaking spaces as plain ones, so that expectations can be read. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('money', () => {
  it.each([
    [0, '$0.00'],
    [420_000, '$0.00042'],
    [1, '$0.000000001'],
    [12_345, '$0.0000123'],
    [69_300, '$0.0000693'],
    [500_000_000, '$0.50'],
    [123_456_789, '$0.123'],
    [999_900_000, '$1.00'],
    [1_005_000_000, '$1.01'],
    [1_234.56 * usd, '$1,234.56'],
    [8_999_999 * usd, '$8,999,999.00'],
  ])('writes %i nano-dollars as %s', (nano, text) => expect(formatMoney(nano)).toBe(text));

  it('rounds half up in whole numbers, where floats would round down', () => {
    expect(formatMoney(1_005_000_000)).toBe('$1.01');
    expect(formatMoney(1_004_999_999)).toBe('$1.00');
  });
  it('says that an unknown cost is unknown, not zero', () => expect(formatMoney(null)).toBe('unknown'));
  it('writes a true minus sign', () => expect(formatMoney(-172 * usd)).toBe('−$172.00'));
  it('keeps every nano-dollar where it is asked for exactly', () =>
    expect(formatMoneyExactly(1_234_567_890_123)).toBe('$1,234.567890123'));
  it('signs a change always', () => {
    expect(formatMoneyChange(2_100_000_000)).toBe('+$2.10');
    expect(formatMoneyChange(-2_100_000_000)).toBe('−$2.10');
    expect(formatMoneyChange(0)).toBe('±$0.00');
  });
  it('shortens for axes', () => {
    expect(formatMoneyShort(50 * usd)).toBe('$50');
    expect(formatMoneyShort(2.5 * usd)).toBe('$2.50');
    expect(formatMoneyShort(12_400 * usd)).toBe('$12.4k');
    expect(formatMoneyShort(3_400_000 * usd)).toBe('$3.4M');
  });
  it('writes prices per million tokens as the catalogue states them', () => {
    expect(formatPrice(0.25)).toBe('$0.25');
    expect(formatPrice(0.075)).toBe('$0.075');
    expect(formatPrice(15)).toBe('$15.00');
    expect(formatPrice(0)).toBe('free');
    expect(formatPrice(null)).toBe('–');
  });
});

describe('shares and changes', () => {
  it.each([
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.034, '3.4 %'],
    [0.0999, '10 %'],
    [0.31, '31 %'],
    [1, '100 %'],
    [-0.21, '−21 %'],
  ])('writes %f as %s', (share, text) => expect(plain(formatShare(share))).toBe(text));

  it('writes a relative change with its sign', () => {
    expect(plain(formatChange(812, 640))).toBe('−21 %');
    expect(plain(formatChange(100, 103.4))).toBe('+3.4 %');
    expect(plain(formatChange(5, 5))).toBe('±0 %');
  });
  it('calls growth from nothing new, not infinite', () => expect(formatChange(0, 5)).toBe('new'));
});

describe('counts, tokens and durations', () => {
  it('groups thousands', () => expect(formatCount(50_000)).toBe('50,000'));
  it.each([
    [9_999, '9,999'],
    [12_345, '12.3k'],
    [200_000, '200k'],
    [1_048_576, '1M'],
    [1_250_000, '1.3M'],
  ])('writes %i tokens as %s', (tokens, text) => expect(formatTokens(tokens)).toBe(text));
  it.each([
    [0.42, '0.4 ms'],
    [842, '842 ms'],
    [999.6, '1.00 s'],
    [1_240, '1.24 s'],
    [28_100, '28.1 s'],
    [125_000, '2 min 05 s'],
  ])('writes %f ms as %s', (ms, text) => expect(plain(formatDuration(ms))).toBe(text));
  it('puts one thing in the singular', () => {
    expect(plural(1, 'node')).toBe('1 node');
    expect(plural(2, 'node')).toBe('2 nodes');
  });
  it('says how long ago something was', () => {
    const now = 1_800_000_000_000;
    expect(formatAgo(now - 10_000, now)).toBe('just now');
    expect(formatAgo(now - 180_000, now)).toBe('3 min ago');
    expect(formatAgo(now - 5 * 3_600_000, now)).toBe('5 h ago');
    expect(formatAgo(now - 86_400_000, now)).toBe('1 day ago');
  });
});
