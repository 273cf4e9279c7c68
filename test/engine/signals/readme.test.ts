import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { recordColumns, signalRegistry } from '#engine/signals/index.ts';
import { parquetTypes as parquet } from '#server/import/record-file/column-types.ts';

const path = new URL('../../../engine/signals/README.md', import.meta.url);

/** The generated parts of the README, each between two comments that name it. */
const parts: Readonly<Record<string, string>> = {
  signals: table(
    ['signal', 'type', 'unit', 'meaning', 'personal'],
    signalRegistry.map((signal) => [
      `\`${signal.name}\``,
      signal.valueType,
      'unit' in signal ? signal.unit : '',
      signal.meaning,
      'personal' in signal ? 'yes' : '',
    ]),
  ),
  columns: table(
    ['column', 'type', 'in Parquet', 'unit', 'meaning'],
    recordColumns
      .filter(({ source }) => source === 'outcome')
      .map(({ name, valueType, unit = '', meaning }) => [
        `\`${name}\``,
        valueType,
        parquet[valueType],
        unit,
        meaning,
      ]),
  ),
};

function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n');
}

function withParts(text: string): string {
  return Object.entries(parts).reduce(
    (readme, [name, part]) =>
      readme.replace(
        new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`),
        (_, start: string, end: string) => `${start}${part}\n${end}`,
      ),
    text,
  );
}

it('describes every signal and every column of the log as they are', () => {
  const text = readFileSync(path, 'utf8');
  for (const name of Object.keys(parts)) expect(text).toContain(`<!-- generated: ${name} -->\n`);
  if (process.env.WAYBILL_WRITE_README === '1') writeFileSync(path, withParts(text));
  expect(readFileSync(path, 'utf8'), 'Write it anew with WAYBILL_WRITE_README=1.').toBe(withParts(text));
});
