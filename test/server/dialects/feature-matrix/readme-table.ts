import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Feature, features } from './words.ts';

const path = fileURLToPath(new URL('../../../../server/dialects/README.md', import.meta.url));
const place = /(<!-- generated: matrix -->\n)[\s\S]*?(<!-- end -->)/;

/** The README is written anew from what is measured, and not compared with it. */
export const isWriting = process.env.WAYBILL_WRITE_README === '1';

/** A feature that a client's format has no place for. */
export const noPlace = '–';

type CellOf = (client: string, row: string, feature: Feature) => string;

/** A table a client dialect: kinds of provider down, features across. */
export function writeReadme(clients: readonly string[], rows: readonly string[], cellOf: CellOf): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const tables = clients.map((client) =>
    [
      `### ${client}\n`,
      line(['provider', ...features]),
      line(['---', ...features.map(() => '---')]),
      ...rows.map((row) => line([row, ...features.map((feature) => cellOf(client, row, feature))])),
    ].join('\n'),
  );
  const text = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    text.replace(place, (_, start: string, end: string) => `${start}\n${tables.join('\n\n')}\n\n${end}`),
  );
}

const cells = new Map<string, readonly string[]>();

/** The tables as they stand, by dialect and kind of provider. */
function readReadme(): ReadonlyMap<string, readonly string[]> {
  if (cells.size > 0) return cells;
  let client = '';
  for (const line of (place.exec(readFileSync(path, 'utf8'))?.[0] ?? '').split('\n')) {
    if (line.startsWith('### ')) client = line.slice(4);
    const [row, ...rest] = line.startsWith('| ') ? line.slice(2, -2).split(' | ') : [''];
    if (row !== undefined && row !== '' && row !== 'provider' && row !== '---')
      cells.set(`${client} | ${row}`, rest);
  }
  return cells;
}

export function readmeRows(): readonly string[] {
  return [...readReadme().keys()];
}

export function cellInReadme(client: string, row: string, feature: Feature): string | undefined {
  return readReadme().get(`${client} | ${row}`)?.[features.indexOf(feature)];
}
