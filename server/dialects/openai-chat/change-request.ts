import { smallerLimit } from '../client-metadata.ts';
import type { BodyChanges } from '../dialect.ts';
import { findMembers, setMembers } from '../json-members.ts';
import { isWireObject, limitOf, type WireObject } from '../wire-value.ts';

/**
 * The body of an attempt: the client's bytes with the model, and what the policy changed, put in. A stream is asked for
 * its usage too; `usageIsHidden` tells whether the client has to be spared the answer to that.
 */
export function changeRequest(raw: Buffer, wire: WireObject, changes: BodyChanges): Buffer {
  const set = new Map([['model', JSON.stringify(changes.model)]]);
  const { max_output_tokens: cap, temperature, reasoning_effort: effort } = changes.parameters;
  if (cap !== undefined) setLength(set, wire, cap, changes.lengthField);
  if (temperature !== undefined) set.set('temperature', String(temperature));
  if (effort !== undefined) set.set('reasoning_effort', JSON.stringify(effort));
  if (usageIsHidden(wire)) {
    const options = isWireObject(wire.stream_options) ? wire.stream_options : {};
    set.set('stream_options', JSON.stringify({ ...options, include_usage: true }));
  }
  return setMembers(raw, findMembers(raw), set);
}

/** Whether the client streams and did not ask for the usage that the gateway asks for. */
export function usageIsHidden(wire: WireObject): boolean {
  if (wire.stream !== true) return false;
  const options = wire.stream_options;
  return !(isWireObject(options) && options.include_usage === true);
}

/** Caps the limit in the client's own field; in `lengthField` where it named none. */
function setLength(
  set: Map<string, string>,
  wire: WireObject,
  cap: number,
  lengthField: BodyChanges['lengthField'],
): void {
  const named = (['max_completion_tokens', 'max_tokens'] as const).filter(
    (field) => limitOf(wire[field]) !== null,
  );
  for (const field of named.length > 0 ? named : [lengthField]) {
    set.set(field, String(smallerLimit(limitOf(wire[field]), cap)));
  }
}
