import {
  type CallClass,
  callClasses,
  columnOfClass,
  noUsage,
  type Price,
  type TokenClass,
  type Usage,
} from '../catalogue/index.ts';
import { type Column, codedOf, type RecordColumns } from './columns.ts';
import { type Codes, codesBelow } from './pair-codes.ts';

/** What a price needs beyond the six usual classes: few rows have any of it. */
export interface SpecialUsage {
  readonly classes: readonly (TokenClass | CallClass)[];
  /** Empty for the standard way. */
  readonly serviceTier: string;
  readonly region: string;
}

export const plainUsage: SpecialUsage = Object.freeze({ classes: [], serviceTier: '', region: '' });

/** Rows by their special usage; code 0 is plain. */
export interface SpecialRows {
  readonly codes: Codes;
  readonly kinds: readonly SpecialUsage[];
}

const specialClasses: readonly (TokenClass | CallClass)[] = [
  'audioInputTokens',
  'audioCacheReadTokens',
  'imageInputTokens',
  'audioOutputTokens',
  'imageOutputTokens',
  ...callClasses,
];

export function findSpecialRows(columns: RecordColumns): SpecialRows {
  const marks = new Uint16Array(columns.length);
  for (const [bit, name] of specialClasses.entries()) mark(marks, columns.column(columnOfClass[name]), bit);
  const tier = codedOf(columns.column('usage.service_tier'), columns.length);
  const region = codedOf(columns.column('usage.region'), columns.length);
  const tiers = tier.dictionary.map((value) => (value === 'standard' ? '' : textOf(value)));
  const regions = region.dictionary.map(textOf);
  const kinds: SpecialUsage[] = [plainUsage];
  const known = new Map([['0||', 0]]);
  const codes = new Uint32Array(columns.length);
  const isPlain = tiers.every((name) => name === '') && regions.every((name) => name === '');
  for (let row = 0; row < codes.length; row += 1) {
    if (isPlain && marks[row] === 0) continue;
    const serviceTier = tiers[tier.codes[row] as number] as string;
    const place = regions[region.codes[row] as number] as string;
    const key = `${marks[row]}|${serviceTier}|${place}`;
    const code = known.get(key) ?? kinds.length;
    if (code === kinds.length) {
      known.set(key, code);
      const classes = specialClasses.filter((_, bit) => ((marks[row] as number) & (1 << bit)) !== 0);
      kinds.push({ classes, serviceTier, region: place });
    }
    codes[row] = code;
  }
  const narrowed = codesBelow(kinds.length, columns.length);
  narrowed.set(codes);
  return { codes: narrowed, kinds };
}

function mark(marks: Uint16Array, column: Column, bit: number): void {
  if (column.kind !== 'number') return;
  const { values } = column;
  for (let row = 0; row < marks.length; row += 1)
    if ((values[row] as number) > 0) marks[row] = (marks[row] as number) | (1 << bit);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** One of each class that occurs, for asking whether a price has a rate for all of them. */
export function probeOf({ classes, serviceTier, region }: SpecialUsage): Usage {
  return {
    ...noUsage,
    ...Object.fromEntries(classes.map((name) => [name, 1])),
    ...(serviceTier === '' ? {} : { serviceTier }),
    ...(region === '' ? {} : { region }),
  };
}

/** Usage as another model would serve it: in the same way where its price knows that way, else in the standard one. */
export function carriedOver(usage: Usage, price: Price): Usage {
  if (usage.serviceTier === undefined || usage.serviceTier in price.modes) return usage;
  const { serviceTier: _, ...standard } = usage;
  return standard;
}
