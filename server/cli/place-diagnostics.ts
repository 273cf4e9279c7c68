import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { Diagnostic } from '#engine/nodes/index.ts';
import { lineAndColumn, locate, readJson } from '#engine/policy/json-text.ts';
import { pathOf } from '#engine/policy/parse-policy.ts';

/** Adds line and column to diagnostics of a policy that was read from this text; a place inside a condition where one is told. */
export function placeDiagnostics(text: string, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const json = readJson(text);
  if (json.kind === 'bad') return diagnostics;
  return diagnostics.map((one) => ({ ...one, ...placeOf(text, json.root, one) }));
}

function placeOf(
  text: string,
  root: Node,
  one: Diagnostic,
): { readonly line: number; readonly column: number } {
  const path = pathOf(one);
  if (one.range === undefined) return locate(text, root, path);
  const steps = path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
  const setting = findNodeAtLocation(root, steps);
  return setting?.type === 'string'
    ? lineAndColumn(text, offsetInside(text, setting.offset, one.range.start))
    : locate(text, root, path);
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
