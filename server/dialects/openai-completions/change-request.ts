import { smallerLimit } from '../client-metadata.ts';
import type { BodyChanges } from '../dialect.ts';
import { findMembers, setMembers } from '../json-members.ts';
import { usageIsHidden } from '../openai-chat/change-request.ts';
import { isWireObject, limitOf, type WireObject } from '../wire-value.ts';

/**
 * The body of an attempt: the client's bytes with the model, and what the policy changed, put in. Models that complete a
 * text do not reason, so an effort is set only where the request becomes a chat. A stream is asked for its usage too.
 */
export function changeRequest(raw: Buffer, wire: WireObject, changes: BodyChanges): Buffer {
  const set = new Map([['model', JSON.stringify(changes.model)]]);
  const { max_output_tokens: cap, temperature, reasoning_effort: effort } = changes.parameters;
  if (cap !== undefined) set.set('max_tokens', String(smallerLimit(limitOf(wire.max_tokens), cap)));
  if (temperature !== undefined) set.set('temperature', String(temperature));
  if (effort !== undefined && changes.translated === true) {
    set.set('reasoning_effort', JSON.stringify(effort));
  }
  if (usageIsHidden(wire) && changes.translated !== true) {
    const options = isWireObject(wire.stream_options) ? wire.stream_options : {};
    set.set('stream_options', JSON.stringify({ ...options, include_usage: true }));
  }
  return setMembers(raw, findMembers(raw), set);
}
