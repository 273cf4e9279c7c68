import { foreignSeal } from '../../google-generate/foreign-thoughts.ts';
import { isWireObject, parseJson } from '../../wire-value.ts';

export type UnsealedThought =
  | { readonly kind: 'none' }
  | { readonly kind: 'signature'; readonly signature: string }
  | { readonly kind: 'redacted'; readonly data: string }
  /** Google's own, or somebody's. */
  | { readonly kind: 'unknown' };

/** Another provider's proof of its thinking where Google has its own, so that the client gives it back on the next turn. */
export function sealThought(what: { readonly signature: string } | { readonly redacted: string }): string {
  return foreignSeal + Buffer.from(JSON.stringify(what)).toString('base64');
}

export function unsealThought(signature: string | undefined): UnsealedThought {
  if (signature === undefined || signature === '') return { kind: 'none' };
  if (!signature.startsWith(foreignSeal)) return { kind: 'unknown' };
  const read = parseJson(Buffer.from(signature.slice(foreignSeal.length), 'base64').toString('utf8'));
  if (!isWireObject(read)) return { kind: 'unknown' };
  if (typeof read.redacted === 'string') return { kind: 'redacted', data: read.redacted };
  return typeof read.signature === 'string'
    ? { kind: 'signature', signature: read.signature }
    : { kind: 'unknown' };
}
