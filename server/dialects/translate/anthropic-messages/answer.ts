import { noUsage } from '#engine/catalogue/index.ts';
import { isWireObject, textOf } from '../../wire-value.ts';
import { Dropped } from '../dropped.ts';
import { Fields, fieldsOf, UnreadableBody } from '../fields.ts';
import type { AssistantPart } from '../neutral.ts';
import type { Answer } from '../neutral-answer.ts';
import type { AnswerMeta } from '../openai-chat/answer.ts';
import { readBlock } from './read-parts.ts';
import { readStopReason, writeStopReason } from './stop-reason.ts';
import { readAnthropicUsage, writeAnthropicUsage } from './usage.ts';
import { writePart } from './write-parts.ts';

/**
 * A `message` object in neutral form.
 *
 * @throws {UnreadableBody} where it has no content to read.
 */
export function readAnthropicAnswer(body: unknown): Answer {
  if (!isWireObject(body)) throw new UnreadableBody('', 'should be a JSON object.');
  const fields = new Fields(body, '');
  const dropped = new Dropped();
  const content = fields.list('content');
  if (content === undefined)
    throw new UnreadableBody('content', 'is missing; it should be a list of blocks.');
  const parts = fieldsOf(content, 'content').flatMap((block) =>
    readBlock(block, dropped).filter(isAssistantPart),
  );
  const usage = fields.wire('usage') ?? {};
  const tier = textOf(usage.service_tier);
  return {
    id: textOf(fields.raw('id')),
    model: textOf(fields.raw('model')),
    parts,
    stop: readStopReason(fields.text('stop_reason') ?? '', fields.text('stop_sequence')),
    usage: readAnthropicUsage(usage),
    ...(tier === '' ? {} : { serviceTier: tier }),
    unknown: dropped.list(),
  };
}

function isAssistantPart(part: { readonly kind: string }): part is AssistantPart {
  return ['text', 'tool_call', 'thinking', 'redacted_thinking'].includes(part.kind);
}

/** A neutral answer as a `message` object. */
export function writeAnthropicAnswer(
  answer: Answer,
  meta: AnswerMeta,
): { body: object; dropped: readonly string[] } {
  const dropped = new Dropped();
  dropped.addAll(answer.unknown);
  if (answer.logprobs !== undefined) dropped.add('logprobs');
  const content = answer.parts.flatMap((part) =>
    // A client may read what was thought though nobody signed it; only a request must not carry it back.
    part.kind === 'thinking'
      ? [{ type: 'thinking', thinking: part.text, signature: part.signature ?? '' }]
      : writePart(part, dropped),
  );
  const toolCalls = answer.parts.some((part) => part.kind === 'tool_call');
  const body = {
    id: answer.id || meta.id,
    type: 'message',
    role: 'assistant',
    model: answer.model || meta.model,
    content,
    ...writeStopReason(answer.stop, toolCalls),
    stop_details: null,
    // The field is required; zeros say that nobody counted.
    usage: { ...writeAnthropicUsage(answer.usage ?? noUsage), ...tierOf(answer.serviceTier) },
  };
  return { body, dropped: dropped.list() };
}

function tierOf(tier: string | undefined): object {
  return tier === 'standard' || tier === 'priority' || tier === 'batch' ? { service_tier: tier } : {};
}
