import { smallerLimit } from '../client-metadata.ts';
import type { BodyChanges } from '../dialect.ts';
import { findMembers, setMembers } from '../json-members.ts';
import { isWireObject, limitOf, type WireObject } from '../wire-value.ts';
import { withoutForeignThinking } from './foreign-thinking.ts';

/** The body of an attempt: the client's bytes with the model, and what the policy changed, put in. */
export function changeRequest(raw: Buffer, wire: WireObject, changes: BodyChanges): Buffer {
  const set = new Map([['model', JSON.stringify(changes.model)]]);
  const { max_output_tokens: cap, temperature, reasoning_effort: effort } = changes.parameters;
  if (cap !== undefined) setLength(set, wire, cap);
  if (temperature !== undefined) set.set('temperature', String(temperature));
  if (effort !== undefined) setEffort(set, wire, effort);
  if (changes.translated !== true) setOwnThinking(set, wire);
  return setMembers(raw, findMembers(raw), set);
}

function setOwnThinking(set: Map<string, string>, wire: WireObject): void {
  const own = withoutForeignThinking(wire.messages);
  if (own === undefined) return;
  set.set('messages', JSON.stringify(own.messages));
  const budget = isWireObject(wire.thinking) && wire.thinking.type === 'enabled';
  if (own.pendingLost && budget) set.set('thinking', '{"type":"disabled"}');
}

/** A thinking budget has to stay below the answer's limit (Anthropic refuses it otherwise), so it shrinks along. */
function setLength(set: Map<string, string>, wire: WireObject, cap: number): void {
  const limit = smallerLimit(limitOf(wire.max_tokens), cap);
  set.set('max_tokens', String(limit));
  const thinking = wire.thinking;
  const budget = isWireObject(thinking) ? limitOf(thinking.budget_tokens) : null;
  if (!isWireObject(thinking) || budget === null || budget < limit) return;
  // 1,024 is the smallest budget there is.
  const shrunk = limit > 1_024 ? { ...thinking, budget_tokens: limit - 1 } : { type: 'disabled' };
  set.set('thinking', JSON.stringify(shrunk));
}

/** Anthropic's `output_config.effort` knows no `minimal`, and `none` is thinking switched off. */
function setEffort(
  set: Map<string, string>,
  wire: WireObject,
  effort: NonNullable<BodyChanges['parameters']['reasoning_effort']>,
): void {
  if (effort === 'none') {
    set.set('thinking', '{"type":"disabled"}');
    return;
  }
  const config = isWireObject(wire.output_config) ? wire.output_config : {};
  set.set('output_config', JSON.stringify({ ...config, effort: effort === 'minimal' ? 'low' : effort }));
}
