import type { z } from 'zod';
import { type Diagnostic, nodeRegistry, UserClassifier } from '../nodes/index.ts';
import { locate, readJson } from './json-text.ts';
import { Policy, policyFormat } from './policy.ts';

export type Parsed =
  | { readonly kind: 'ok'; readonly policy: Policy }
  | { readonly kind: 'bad'; readonly diagnostics: readonly Diagnostic[] };

/** Reads a policy from its text. Every mistake comes with line and column. Never throws. */
export function parsePolicy(text: string): Parsed {
  const json = readJson(text);
  if (json.kind === 'bad') return json;
  const parsed = parsePolicyValue(json.value);
  if (parsed.kind === 'ok') return parsed;
  return {
    kind: 'bad',
    diagnostics: parsed.diagnostics.map((one) => ({ ...one, ...locate(text, json.root, pathOf(one)) })),
  };
}

/** Reads a policy from a JSON value. Never throws. */
export function parsePolicyValue(value: unknown): Parsed {
  const newer = checkFormat(value);
  if (newer !== undefined) return { kind: 'bad', diagnostics: [newer] };
  const result = Policy.safeParse(value, { reportInput: true });
  if (result.success) return { kind: 'ok', policy: result.data };
  return { kind: 'bad', diagnostics: result.error.issues.flatMap(toDiagnostics) };
}

function checkFormat(value: unknown): Diagnostic | undefined {
  if (typeof value !== 'object' || value === null || !('format' in value)) return undefined;
  if (typeof value.format !== 'number' || value.format <= policyFormat) return undefined;
  return {
    code: 'format_unsupported',
    severity: 'error',
    field: 'format',
    message: `The policy is in format ${value.format}; this release reads up to ${policyFormat}. Update Waybill to open it.`,
  };
}

function toDiagnostics(issue: z.core.$ZodIssue): readonly Diagnostic[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown_key',
      severity: 'error',
      ...placeOf([...path, key]),
      message: `There is no setting called "${key}" here. Remove it or correct its name.`,
    }));
  }
  if (issue.code === 'invalid_key') return [invalidKey(path)];
  if (issue.code === 'invalid_union' && 'note' in issue && issue.note === 'No matching discriminator')
    return [unknownKind(path)];
  return [{ code: 'invalid_value', severity: 'error', ...placeOf(path), message: sentenceOf(path, issue) }];
}

function invalidKey(path: readonly string[]): Diagnostic {
  const key = path.at(-1) ?? '';
  return {
    code: 'invalid_value',
    severity: 'error',
    ...placeOf(path),
    message: `"${key}" cannot be an id. Ids start with a lower-case letter, then letters, digits, - or _, at most 64 characters.`,
  };
}

function unknownKind(path: readonly string[]): Diagnostic {
  return {
    code: 'invalid_value',
    severity: 'error',
    ...placeOf(path.at(-1) === 'kind' ? path : [...path, 'kind']),
    message: `There is no such kind. Use ${kindsAt(path)
      .join(', ')
      .replace(/, (?=[^,]*$)/, ' or ')}.`,
  };
}

function kindsAt(path: readonly string[]): readonly string[] {
  return path[0] === 'classifiers'
    ? UserClassifier.options.map((option) => option.shape.kind.value)
    : nodeRegistry.map(({ kind }) => kind);
}

function sentenceOf(path: readonly string[], issue: z.core.$ZodIssue): string {
  const name = path.at(-1) ?? 'the document';
  const missing = 'input' in issue && issue.input === undefined;
  if (missing) return `"${name}" is missing.`;
  const what = issue.message.replace(/^Invalid input: /, '');
  return what.startsWith('must') ? `"${name}" ${what}.` : `"${name}" is not right: ${what}.`;
}

/** `nodes.strong.deadline_ms` → node `strong`, field `deadline_ms`. */
function placeOf(path: readonly string[]): { readonly node?: string; readonly field?: string } {
  const [room, node, ...rest] = path;
  if (room !== 'nodes' || node === undefined) return path.length === 0 ? {} : { field: path.join('.') };
  return rest.length === 0 ? { node } : { node, field: rest.join('.') };
}

/** The way back: place of a diagnostic → path in the document. */
export function pathOf(place: { readonly node?: string; readonly field?: string }): readonly string[] {
  const field = place.field === undefined ? [] : place.field.split('.');
  return place.node === undefined ? field : ['nodes', place.node, ...field];
}
