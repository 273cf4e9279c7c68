import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Policy } from './policy.ts';

const meaningless = new Set(['label', 'description']);

/**
 * Hash of what a policy means: SHA-256 (hex) over canonical JSON of entry, nodes and own classifiers, with defaults filled
 * in and without layout, names, labels and descriptions. Equal hashes decide alike.
 */
export function semanticHash(policy: Policy): string {
  const nodes = Object.fromEntries(Object.entries(policy.nodes).map(([id, node]) => [id, meaningOf(node)]));
  const classifiers = policy.classifiers ?? {};
  const own = Object.keys(classifiers).length === 0 ? {} : { classifiers };
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ entry: policy.entry, nodes, ...own }))));
}

/** Labels of cases and arms go too; a label that is an exit's key (classifier ports) stays. */
function meaningOf(node: Policy['nodes'][string]): unknown {
  const strip = (value: object): object =>
    Object.fromEntries(Object.entries(value).filter(([key]) => !meaningless.has(key)));
  const bare = strip(node);
  if (node.kind === 'condition') return { ...bare, cases: node.cases.map(strip) };
  if (node.kind === 'split') return { ...bare, arms: node.arms.map(strip) };
  return bare;
}

/** JSON with keys sorted at every depth and nothing optional about it. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`);
  return `{${entries.join(',')}}`;
}
