import type { z } from 'zod';
import { kindOf, type PolicyNode, UserClassifier } from '../nodes/index.ts';
import { Group, Note } from './annotations.ts';
import type { Policy } from './policy.ts';

const lineWidth = 110;

/**
 * The one writer: fixed key order, nodes sorted by id, defaults left out, one line a node where it fits, a line feed
 * at the end. `parsePolicy(writePolicy(p))` is `p`.
 */
export function writePolicy(policy: Policy): string {
  const { $schema, format, id, name, description, entry, nodes, classifiers, layout, notes, groups } = policy;
  const document = {
    ...($schema === undefined ? {} : { $schema }),
    format,
    id,
    name,
    ...(description === undefined ? {} : { description }),
    entry,
    nodes: sorted(nodes, withoutDefaults),
    ...(classifiers === undefined ? {} : { classifiers: sorted(classifiers, withoutDefaultDeadline) }),
    ...(Object.keys(layout).length === 0 ? {} : { layout: sorted(layout, (place) => place) }),
    ...(notes === undefined ? {} : { notes: sorted(notes, (note) => leaveOut(note, Note)) }),
    ...(groups === undefined ? {} : { groups: sorted(groups, (group) => leaveOut(group, Group)) }),
  };
  const lines = Object.entries(document).map(([key, value]) => {
    return `  ${JSON.stringify(key)}: ${maps.has(key) ? printMap(value as Record<string, unknown>) : print(value, 2, key.length + 4)}`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

const maps: ReadonlySet<string> = new Set(['nodes', 'classifiers', 'layout', 'notes', 'groups']);

function sorted<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  const keys = Object.keys(record).sort();
  return Object.fromEntries(keys.map((key) => [key, change(record[key] as V)]));
}

/** A key is left out when reading the value without it gives the same back: the schema alone knows the defaults. */
function leaveOut(value: object, schema: z.ZodType): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    const rest = Object.fromEntries(Object.entries(value).filter(([other]) => other !== key));
    const read = schema.safeParse(rest);
    const isDefault =
      read.success && JSON.stringify((read.data as Record<string, unknown>)[key]) === JSON.stringify(item);
    if (!isDefault) kept[key] = mapKeys.has(key) && !Array.isArray(item) ? sortedKeys(item) : item;
  }
  return kept;
}

/** Settings that are maps, so that the order of their keys means nothing. */
const mapKeys = new Set(['ports', 'labels']);

function withoutDefaults(node: PolicyNode): Record<string, unknown> {
  return leaveOut(node, kindOf(node).config);
}

function withoutDefaultDeadline(classifier: UserClassifier): Record<string, unknown> {
  return leaveOut(classifier, UserClassifier);
}

function sortedKeys(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** One entry a line, each on one line where it fits. */
function printMap(map: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(map);
  if (entries.length === 0) return '{}';
  const lines = entries.map(
    ([key, value]) => `    ${JSON.stringify(key)}: ${print(value, 4, key.length + 8)}`,
  );
  return `{\n${lines.join(',\n')}\n  }`;
}

/** JSON on one line when it fits behind `used` characters, else broken open at `indent`. */
function print(value: unknown, indent: number, used: number): string {
  const flat = printFlat(value);
  if (flat.length + used <= lineWidth || typeof value !== 'object' || value === null) return flat;
  const pad = ' '.repeat(indent + 2);
  const end = `\n${' '.repeat(indent)}`;
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => pad + print(item, indent + 2, indent + 3)).join(',\n')}${end}]`;
  }
  const lines = definedEntries(value).map(
    ([key, item]) => `${pad}${JSON.stringify(key)}: ${print(item, indent + 2, indent + key.length + 7)}`,
  );
  return `{\n${lines.join(',\n')}${end}}`;
}

function printFlat(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printFlat).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = definedEntries(value).map(([key, item]) => `${JSON.stringify(key)}: ${printFlat(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

function definedEntries(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
