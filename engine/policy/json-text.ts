import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Diagnostic } from '../nodes/index.ts';

export type JsonRead =
  | { readonly kind: 'ok'; readonly value: unknown; readonly root: Node }
  | { readonly kind: 'bad'; readonly diagnostics: readonly Diagnostic[] };

const strict = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false } as const;

/** Reads JSON and keeps where everything stands. A key that stands twice is an error: JSON would silently drop one. */
export function readJson(text: string): JsonRead {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, strict);
  const [first] = errors;
  if (first !== undefined || root === undefined) {
    const offset = first?.offset ?? text.length;
    const what = first === undefined ? 'the file is empty' : wording(printParseErrorCode(first.error));
    const message = `This is not JSON: ${what}.${isCutOff(first, text) ? ' The text ends too early; is the file cut off?' : ''}`;
    return {
      kind: 'bad',
      diagnostics: [{ code: 'json_syntax', severity: 'error', message, ...lineAndColumn(text, offset) }],
    };
  }
  const repeated = repeatedKeys(root);
  if (repeated.length === 0) return { kind: 'ok', value: JSON.parse(text), root };
  return {
    kind: 'bad',
    diagnostics: repeated.map(({ key, offset }) => ({
      code: 'json_duplicate_key',
      severity: 'error',
      message: `"${key}" stands twice in the same object; only one would count. Remove one.`,
      ...lineAndColumn(text, offset),
    })),
  };
}

/** Whether the text stops before the JSON does. */
function isCutOff(error: ParseError | undefined, text: string): boolean {
  if (error === undefined) return true;
  return (
    printParseErrorCode(error.error).startsWith('UnexpectedEnd') || error.offset >= text.trimEnd().length
  );
}

/** `CommaExpected` → `comma expected`. */
function wording(code: string): string {
  return code.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

function repeatedKeys(node: Node): readonly { readonly key: string; readonly offset: number }[] {
  const children = node.children ?? [];
  const below = children.flatMap(repeatedKeys);
  if (node.type !== 'object') return below;
  const seen = new Set<string>();
  const own = children.flatMap((property) => {
    const key = property.children?.[0];
    if (key === undefined) return [];
    if (!seen.has(key.value)) {
      seen.add(key.value);
      return [];
    }
    return [{ key: String(key.value), offset: key.offset }];
  });
  return [...own, ...below];
}

/** Line and column (1-based) of the deepest part of a path that stands in the text. */
export function locate(
  text: string,
  root: Node,
  path: readonly string[],
): { readonly line: number; readonly column: number } {
  for (let length = path.length; length >= 0; length -= 1) {
    const steps = path.slice(0, length).map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    const found =
      findNodeAtLocation(root, steps) ?? findNodeAtLocation(root, path.slice(0, length) as string[]);
    if (found !== undefined)
      return lineAndColumn(text, length === path.length ? found.offset : (found.parent ?? found).offset);
  }
  return { line: 1, column: 1 };
}

/** Place of an offset, both 1-based. */
export function lineAndColumn(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}
