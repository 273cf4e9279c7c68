import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { lineAndColumn, locate, readJson } from '#engine/policy/json-text.ts';
import { pathOf } from '#engine/policy/parse-policy.ts';

/** Adds line and column to diagnostics of a policy that was read from this text; a place inside a condition where one is told. */
export function placeDiagnostics(text: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const json = readJson(text);
  if (json.kind === 'bad') return diagnostics;
  return diagnostics
    .map((one) => ({ ...one, ...placeOf(text, json.root, one) }))
    .sort((left, right) => left.line - right.line || left.column - right.column);
}

function placeOf(
  text: string,
  root: Node,
  one: Diagnostic,
): { readonly line: number; readonly column: number } {
  const path = [...pathOf(one), ...pathOfPort(root, one)];
  if (one.range === undefined) return locate(text, root, path);
  const setting = findNodeAtLocation(root, stepsOf(path));
  return setting?.type === 'string'
    ? lineAndColumn(text, offsetInside(text, setting.offset, one.range.start))
    : locate(text, root, path);
}

/** The way from a node to the setting that says where one of its exits leads; empty when a field is named already. */
function pathOfPort(root: Node, { node, port, field }: Diagnostic): readonly string[] {
  if (node === undefined || port === undefined || field !== undefined) return [];
  const indexIn = (list: string) =>
    findNodeAtLocation(root, ['nodes', node, list])?.children?.findIndex(
      (item) => findNodeAtLocation(item, ['id'])?.value === port,
    ) ?? -1;
  const candidates = [
    [port],
    ['ports', port],
    ['cases', String(indexIn('cases')), 'to'],
    ['arms', String(indexIn('arms')), 'to'],
    ['try', String(Number(port) - 1)],
  ];
  return candidates.find((path) => findNodeAtLocation(root, ['nodes', node, ...stepsOf(path)])) ?? [];
}

/** A path with indexes as numbers, as the JSON tree wants them. */
function stepsOf(path: readonly string[]): (string | number)[] {
  return path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

/** Offset in the text of the `index`-th UTF-16 unit of a JSON string: escapes are longer than what they stand for. */
function offsetInside(text: string, quote: number, index: number): number {
  let at = quote + 1;
  for (let unit = 0; unit < index; unit += 1) {
    if (text.charAt(at) !== '\\') at += 1;
    else at += text.charAt(at + 1) === 'u' ? 6 : 2;
  }
  return at;
}
