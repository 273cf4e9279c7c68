import { smallerLimit } from '../client-metadata.ts';
import type { BodyChanges } from '../dialect.ts';
import { findMembers, setMembers } from '../json-members.ts';
import { isWireObject, limitOf, type WireObject } from '../wire-value.ts';
import { withoutForeignReasoning } from './foreign-reasoning.ts';

/** The body of an attempt: the client's bytes with the model, and what the policy changed, put in. */
export function changeRequest(raw: Buffer, wire: WireObject, changes: BodyChanges): Buffer {
  const set = new Map([['model', JSON.stringify(changes.model)]]);
  const { max_output_tokens: cap, temperature, reasoning_effort: effort } = changes.parameters;
  if (cap !== undefined) {
    set.set('max_output_tokens', String(smallerLimit(limitOf(wire.max_output_tokens), cap)));
  }
  if (temperature !== undefined) set.set('temperature', String(temperature));
  if (effort !== undefined) {
    const reasoning = isWireObject(wire.reasoning) ? wire.reasoning : {};
    set.set('reasoning', JSON.stringify({ ...reasoning, effort }));
  }
  const readable = changes.translated === true ? undefined : withoutForeignReasoning(wire.input);
  if (readable !== undefined) set.set('input', JSON.stringify(readable));
  return setMembers(raw, findMembers(raw), set);
}
