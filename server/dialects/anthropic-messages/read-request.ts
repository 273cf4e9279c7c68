import { type NeutralMessage, neutralMessage } from '#engine/signals/index.ts';
import { metadataOf } from '../client-metadata.ts';
import type { ClientHints, RequestReading } from '../dialect.ts';
import { isWireObject, jsonCharacters, limitOf, parseJson, textOf, type WireObject } from '../wire-value.ts';
import { readMessage, textOfContent } from './read-message.ts';

/** An Anthropic Messages body in the neutral form. The system prompt becomes a message of its own. */
export function readRequest(wire: WireObject, hints: ClientHints): RequestReading {
  const { model, messages: wireMessages, tools: wireTools } = wire;
  if (typeof model !== 'string' || model === '') {
    return bad('model', '"model" must be a text that names an alias, a policy or a model, such as "auto".');
  }
  if (!Array.isArray(wireMessages) || wireMessages.length === 0) {
    return bad('messages', '"messages" must be a list with at least one message.');
  }
  const messages: NeutralMessage[] = [];
  const { system, attribution } = readSystem(wire.system);
  if (system !== '') messages.push(neutralMessage({ role: 'system', text: system }));
  for (let index = 0; index < wireMessages.length; index += 1) {
    const message: unknown = wireMessages[index];
    if (!isWireObject(message) || typeof message.role !== 'string') {
      return bad(`messages.${index}`, `Message ${index} must be an object with a "role" and a "content".`);
    }
    messages.push(readMessage(message));
  }
  const offered = Array.isArray(wireTools) ? wireTools : [];
  const metadata = metadataOf(isWireObject(wire.metadata) ? wire.metadata : undefined);
  const client = clientOf(metadata.user_id ?? '');
  return {
    kind: 'ok',
    request: {
      dialect: 'anthropic-messages',
      model,
      stream: wire.stream === true,
      messages,
      tools: offered.map((tool) => (isWireObject(tool) ? textOf(tool.name) || textOf(tool.type) : '')),
      toolCharacters: offered.length === 0 ? 0 : jsonCharacters(offered),
      maxOutputTokens: limitOf(wire.max_tokens),
      jsonOutput: asksForJson(wire),
      jsonSchema: asksForJson(wire),
      reasoningEffort: effortOf(wire),
      metadata,
      user: hints.user || client.user,
      session: hints.session || (metadata.session_id ?? '') || client.session,
      subAgent: hints.subAgent === true || attribution.includes('cc_is_subagent=true'),
      bytes: hints.bytes,
    },
  };
}

function bad(param: string, message: string): RequestReading {
  return { kind: 'bad', param, message };
}

/**
 * Claude Code writes a line about itself in front of its system prompt. It is no part of the prompt, and differs from
 * conversation to conversation, so that it would part prompts that are the same.
 */
function readSystem(content: unknown): { readonly system: string; readonly attribution: string } {
  const first: unknown = Array.isArray(content) ? content[0] : undefined;
  const head = isWireObject(first) ? textOf(first.text) : '';
  return head.startsWith('x-anthropic-billing-header:') && Array.isArray(content)
    ? { system: textOfContent(content.slice(1)), attribution: head }
    : { system: textOfContent(content), attribution: '' };
}

function asksForJson(wire: WireObject): boolean {
  const config = wire.output_config;
  return isWireObject(wire.output_format) || (isWireObject(config) && isWireObject(config.format));
}

function effortOf(wire: WireObject): string {
  const config = isWireObject(wire.output_config) ? wire.output_config : {};
  const thinking = isWireObject(wire.thinking) ? wire.thinking : {};
  const stated = textOf(config.effort);
  if (stated !== '') return stated;
  if (thinking.type === 'disabled') return 'none';
  if (thinking.type !== 'enabled') return '';
  // OpenAI's words for a budget, as its own clients translate them.
  const budget = limitOf(thinking.budget_tokens) ?? 0;
  return budget < 4_096 ? 'low' : budget < 16_384 ? 'medium' : 'high';
}

/**
 * `metadata.user_id` names a user. Claude Code writes its session there too: `user_…_session_<uuid>`, since 2026 as JSON
 * with a `session_id`.
 */
function clientOf(userId: string): { readonly user: string; readonly session: string } {
  if (userId.startsWith('{')) {
    const stated = parseJson(userId);
    if (isWireObject(stated)) {
      const { session_id: session, device_id: device } = stated;
      return { user: textOf(device) || userId, session: textOf(session) };
    }
  }
  const [, user, session] = /^(.+)_session_([0-9a-f-]{8,})$/.exec(userId) ?? [];
  return { user: user ?? userId, session: session ?? '' };
}
