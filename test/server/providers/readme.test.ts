import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { flagSources } from '#server/providers/anthropic/beta-flags.ts';
import { kindFacts, providerKinds } from '#server/providers/kinds.ts';
import { presetNames, presetOf } from '#server/providers/presets.ts';

const path = new URL('../../../server/providers/README.md', import.meta.url);

const variablesOf = ({ variable, with: needed, also }: (typeof kindFacts)[keyof typeof kindFacts]) =>
  variable === null
    ? 'config file only'
    : [variable, ...needed, ...also.map((name) => `(${name})`)].map((name) => `\`${name}\``).join(' ');

const refusedBy = (name: (typeof presetNames)[number]) => {
  const { fields } = presetOf(name);
  const refused = Object.entries(fields.refused ?? {}).map(
    ([part, names]) => `${names.join(', ')}${part === '' ? '' : ` (${part})`}`,
  );
  return [
    ...(fields.known === undefined ? [] : ['all it does not know']),
    ...refused,
    ...(fields.messageFields ?? []).map((field) => `messages[].${field}`),
    ...(fields.single === true ? ['n > 1'] : []),
  ].join('; ');
};

const renamedBy = (name: (typeof presetNames)[number]) =>
  Object.entries(presetOf(name).fields.renamed ?? {})
    .map(([from, to]) => `${from} → ${to}`)
    .join(', ');

/** The generated parts of the README, each between two comments that name it. */
const parts: Readonly<Record<string, string>> = {
  kinds: table(
    ['kind', 'what', 'id, variables', 'says who it is by', 'bytes through', 'other dialects', 'key check'],
    providerKinds.map((kind) => {
      const facts = kindFacts[kind];
      const id = facts.id === '' ? '' : `\`${facts.id}\`: `;
      return [
        `\`${kind}\``,
        facts.title,
        id + variablesOf(facts),
        facts.auth,
        facts.bytes,
        facts.translated,
        facts.check,
      ];
    }),
  ),
  presets: table(
    [
      'preset',
      'what',
      'variable',
      'base URL',
      'dialects',
      'length field',
      'thinking in',
      'refused fields',
      'renamed fields',
      'source',
      'not checked',
    ],
    presetNames.map((name) => {
      const preset = presetOf(name);
      const holds = preset.holds === 'address' ? ' (address)' : '';
      return [
        `\`${name}\``,
        preset.title,
        `\`${preset.variable}\`${holds}`,
        preset.baseUrl,
        preset.dialects.map((dialect) => dialect.replace('openai-', '')).join(', '),
        preset.lengthField,
        preset.reasoning,
        refusedBy(name),
        renamedBy(name),
        `[docs](${preset.source})`,
        preset.unchecked.join(', '),
      ];
    }),
  ),
  flags: table(
    ['host', 'documented', 'in use by others'],
    Object.entries(flagSources).map(([host, { documented, inUse }]) => [
      host,
      documented.map((flag) => `\`${flag}\``).join(' '),
      inUse.map((flag) => `\`${flag}\``).join(' '),
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

it('describes every kind of provider and every preset as they are', () => {
  const text = readFileSync(path, 'utf8');
  for (const name of Object.keys(parts)) expect(text).toContain(`<!-- generated: ${name} -->\n`);
  if (process.env.WAYBILL_WRITE_README === '1') writeFileSync(path, withParts(text));
  expect(readFileSync(path, 'utf8'), 'Write it anew with WAYBILL_WRITE_README=1.').toBe(withParts(text));
});
