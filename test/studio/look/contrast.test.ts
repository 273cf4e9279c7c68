import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../studio/look/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split('[data-mantine-color-scheme="dark"]');

function tokensOf(part: string): ReadonlyMap<string, string> {
  return new Map([...part.matchAll(/--wb-([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name!, hex!]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(left: string, right: string): number {
  const [dim, bright] = [luminance(left), luminance(right)].sort((a, b) => a - b);
  return (bright! + 0.05) / (dim! + 0.05);
}

const pairs: readonly (readonly [string, readonly string[]])[] = [
  ['text', ['bg', 'surface', 'sunken', 'hover']],
  ['muted', ['bg', 'surface', 'sunken', 'hover']],
  ['faint', ['bg', 'surface']],
  ['good', ['surface', 'good-soft']],
  ['bad', ['surface', 'bad-soft']],
  ['warn', ['surface', 'warn-soft']],
  ['accent-text', ['surface', 'accent-soft']],
];

describe.each([
  ['light', tokensOf(light)],
  ['dark', tokensOf(dark)],
] as const)('the %s scheme', (_, tokens) => {
  const cases = pairs.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const));
  it.each(cases)('lets %s be read on %s (AA, 4.5)', (text, ground) =>
    expect(contrast(tokens.get(text)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(4.5),
  );
  it('lets white be read on the accent', () =>
    expect(contrast('#ffffff', tokens.get('accent')!)).toBeGreaterThanOrEqual(4.5));
});
