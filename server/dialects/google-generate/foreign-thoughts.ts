import { isWireObject, textOf } from '../wire-value.ts';
import { camelNames } from './field-names.ts';

/** Beginning of a `thoughtSignature` that holds another provider's proof. Nine bytes, so that the base64 of what follows stands behind it. */
export const foreignSeal = Buffer.from('waybill..').toString('base64');

/**
 * The contents that Gemini can read; `undefined` where these are all of them. It checks the signatures of thoughts, so a
 * conversation that comes from another provider goes on without what was thought there.
 */
export function withoutForeignThoughts(contents: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(contents)) return undefined;
  let found = false;
  const readable = contents.map((content: unknown) => {
    if (!isWireObject(content) || !Array.isArray(content.parts)) return content;
    const parts = content.parts.filter((part: unknown) => !isForeignThought(part));
    if (parts.length === content.parts.length) return content;
    found = true;
    return { ...content, parts };
  });
  return found ? readable.filter((content) => !isWireObject(content) || !isEmpty(content.parts)) : undefined;
}

function isEmpty(parts: unknown): boolean {
  return Array.isArray(parts) && parts.length === 0;
}

function isForeignThought(part: unknown): boolean {
  return isWireObject(part) && textOf(camelNames(part).thoughtSignature).startsWith(foreignSeal);
}
