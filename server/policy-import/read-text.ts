import { parseDocument } from 'yaml';
import { readJson } from '#engine/policy/json-text.ts';
import type { PolicyImportFailure } from './outcome.ts';

export type ReadText = { readonly kind: 'ok'; readonly value: unknown } | PolicyImportFailure;

const mostCharacters = 2_000_000;

/** JSON, or YAML where it does not begin as JSON does. Never throws. */
export function readText(text: string): ReadText {
  if (text.trim() === '') return bad('There is nothing in it. Paste a configuration, or choose a file.');
  if (text.length > mostCharacters) return bad('It is longer than two million characters.');
  return /^\s*[[{]/.test(text) ? readJsonText(text) : readYaml(text);
}

function bad(message: string): PolicyImportFailure {
  return { kind: 'bad', message, path: '' };
}

function readJsonText(text: string): ReadText {
  try {
    return { kind: 'ok', value: JSON.parse(text) };
  } catch {
    const read = readJson(text);
    const first = read.kind === 'bad' ? read.diagnostics[0] : undefined;
    return {
      ...bad(`It is not JSON: ${first?.message ?? 'it cannot be read'}`),
      ...(first?.line === undefined ? {} : { line: first.line }),
      ...(first?.column === undefined ? {} : { column: first.column }),
    };
  }
}

function readYaml(text: string): ReadText {
  try {
    const document = parseDocument(text, { prettyErrors: true });
    const [error] = document.errors;
    if (error === undefined) return { kind: 'ok', value: document.toJS({ maxAliasCount: 100 }) };
    const [at] = error.linePos ?? [];
    return {
      ...bad(`It is not YAML: ${error.message.split('\n')[0] ?? ''}`),
      ...(at === undefined ? {} : { line: at.line, column: at.col }),
    };
  } catch (error) {
    return bad(`It is not YAML: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
}
