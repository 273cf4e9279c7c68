import { type NeutralMessage, neutralMessage } from '#engine/signals/index.ts';
import { metadataOf } from '../client-metadata.ts';
import type { ClientHints, RequestReading } from '../dialect.ts';
import { isWireObject, limitOf, parseJson, textOf, type WireObject } from '../wire-value.ts';

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
  const system = textOfContent(wire.system);
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
      toolCharacters: offered.length === 0 ? 0 : JSON.stringify(offered).length,
      maxOutputTokens: limitOf(wire.max_tokens),
      jsonOutput: asksForJson(wire),
      jsonSchema: asksForJson(wire),
      reasoningEffort: effortOf(wire),
      metadata,
      user: hints.user || client.user,
      session: hints.session || (metadata.session_id ?? '') || client.session,
      subAgent: hints.subAgent ?? false,
      bytes: hints.bytes,
    },
  };
}

function bad(param: string, message: string): RequestReading {
  return { kind: 'bad', param, message };
}

/** A message whose blocks are results of tools and nothing else counts as a tool's, not as a turn of the user. */
function readMessage(message: WireObject): NeutralMessage {
  const { role, content } = message;
  const own = role === 'assistant' || role === 'system' ? role : 'user';
  if (!Array.isArray(content)) return neutralMessage({ role: own, text: textOf(content) });
  const gathered = { texts: [] as string[], images: 0, results: 0, spoken: 0 };
  for (const block of content) if (isWireObject(block)) readBlock(block, gathered);
  return neutralMessage({
    role: own === 'user' && gathered.results > 0 && gathered.spoken === 0 ? 'tool' : own,
    text: gathered.texts.filter((text) => text !== '').join('\n'),
    images: gathered.images,
  });
}

function readBlock(
  block: WireObject,
  gathered: { texts: string[]; images: number; results: number; spoken: number },
): void {
  switch (block.type) {
    case 'image':
      gathered.images += 1;
      return;
    case 'tool_result':
      gathered.results += 1;
      gathered.images += imagesIn(block.content);
      gathered.texts.push(textOfContent(block.content));
      return;
    case 'tool_use':
      gathered.texts.push(`${textOf(block.name)} ${JSON.stringify(block.input ?? {})}`);
      return;
    default:
      gathered.spoken += 1;
      gathered.texts.push(textOf(block.text) || textOf(block.thinking));
  }
}

/** A text, or the text blocks of a list joined by line feeds. */
function textOfContent(content: unknown): string {
  if (!Array.isArray(content)) return textOf(content);
  return content
    .map((block) => (isWireObject(block) ? textOf(block.text) : ''))
    .filter((text) => text !== '')
    .join('\n');
}

function imagesIn(content: unknown): number {
  if (!Array.isArray(content)) return 0;
  return content.filter((block) => isWireObject(block) && block.type === 'image').length;
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
