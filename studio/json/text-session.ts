import { applyEdits, format, getLocation } from 'jsonc-parser';
import type { Diagnostic } from '#engine/nodes/index.ts';
import {
  checkPolicy,
  type Policy,
  parsePolicy,
  pathOf,
  type TargetView,
  writePolicy,
} from '#engine/policy/index.ts';
import { locate, readJson } from '#engine/policy/json-text.ts';

/** What a text means for the document. */
export type TextReading =
  /** It is a policy: to be applied. Its problems are placed in the text. */
  | { readonly kind: 'policy'; readonly policy: Policy; readonly diagnostics: readonly Diagnostic[] }
  /** It is not: it stays in the editor, the document keeps its last valid state. */
  | { readonly kind: 'broken'; readonly diagnostics: readonly Diagnostic[] };

/** Reads a text as the policy `id`. The id is the policy's name for clients, so it cannot be changed in the text. */
export function readPolicyText(text: string, id: string, targets?: TargetView): TextReading {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'bad') return { kind: 'broken', diagnostics: parsed.diagnostics };
  const json = readJson(text);
  const place = (one: Diagnostic): Diagnostic =>
    json.kind === 'ok' ? { ...one, ...locate(text, json.root, pathOf(one)) } : one;
  if (parsed.policy.id !== id) {
    const message = `The id of this policy is "${id}" and cannot be changed here. Duplicate the policy to have another.`;
    return {
      kind: 'broken',
      diagnostics: [place({ code: 'invalid_value', severity: 'error', field: 'id', message })],
    };
  }
  return {
    kind: 'policy',
    policy: parsed.policy,
    diagnostics: checkPolicy(parsed.policy, targets).map(place),
  };
}

/** The line (1-based) where a node's settings begin in a text of ours; `null` where it is not. */
export function lineOfNode(text: string, node: string): number | null {
  const json = readJson(text);
  if (json.kind === 'bad') return null;
  const { line } = locate(text, json.root, ['nodes', node]);
  return line;
}

/** The node whose settings a place in the text belongs to; `null` outside of nodes. Works in broken text, too. */
export function nodeAt(text: string, offset: number): string | null {
  const [room, node] = getLocation(text, offset).path;
  return room === 'nodes' && typeof node === 'string' && node !== '' ? node : null;
}

/** Whether a text says what the document holds already, so that nothing needs to be written or applied. */
export function saysTheSame(text: string, policy: Policy): boolean {
  const parsed = parsePolicy(text);
  return parsed.kind === 'ok' && writePolicy(parsed.policy) === writePolicy(policy);
}

/** A text laid out as we write policies; one that is no policy keeps its words and gets an even indent. */
export function formatText(text: string): string {
  const parsed = parsePolicy(text);
  if (parsed.kind === 'ok') return writePolicy(parsed.policy);
  return applyEdits(text, format(text, undefined, { insertSpaces: true, tabSize: 2, eol: '\n' }));
}
