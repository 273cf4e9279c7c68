import { isWireObject, textOf } from '../../wire-value.ts';
import { Dropped } from '../dropped.ts';
import { Fields, fieldsOf, UnreadableBody } from '../fields.ts';
import type { AssistantPart } from '../neutral.ts';
import type { Answer } from '../neutral-answer.ts';
import { readContent } from './read-content.ts';
import { readToolCalls } from './read-messages.ts';
import { readFinishReason, writeFinishReason } from './stop-reason.ts';
import type { ToolNames } from './tool-names.ts';
import { readOpenAiUsage, writeOpenAiUsage } from './usage.ts';

/**
 * A `chat.completion` object in neutral form: its first choice.
 *
 * @throws {UnreadableBody} where it has no choice to read.
 */
export function readOpenAiAnswer(body: unknown, names?: ToolNames): Answer {
  if (!isWireObject(body)) throw new UnreadableBody('', 'should be a JSON object.');
  const fields = new Fields(body, '');
  const dropped = new Dropped();
  const choices = fieldsOf(fields.list('choices') ?? [], 'choices');
  const [choice] = choices;
  const message = choice?.object('message');
  if (choice === undefined || message === undefined)
    throw new UnreadableBody('choices', 'should hold a message.');
  if (choices.length > 1) dropped.add('choices>1');
  const parts = readParts(message, dropped).map((part) =>
    part.kind === 'tool_call' && names !== undefined ? { ...part, name: names.restore(part.name) } : part,
  );
  const has = (kind: AssistantPart['kind']) => parts.some((part) => part.kind === kind);
  const stop = readFinishReason(textOf(choice.raw('finish_reason')), {
    toolCalls: has('tool_call'),
    refusal: has('refusal'),
  });
  const logprobs = choice.raw('logprobs');
  const tier = textOf(fields.raw('service_tier'));
  message.rest(dropped);
  return {
    id: textOf(fields.raw('id')),
    model: textOf(fields.raw('model')),
    parts,
    stop,
    usage: readOpenAiUsage(fields.raw('usage'), { service_tier: tier }),
    ...(tier === '' ? {} : { serviceTier: tier === 'default' ? 'standard' : tier }),
    ...(logprobs === undefined ? {} : { logprobs }),
    unknown: dropped.list(),
  };
}

function readParts(message: Fields, dropped: Dropped): readonly AssistantPart[] {
  message.raw('role');
  const said = readContent(message.raw('content'));
  const thought =
    textOf(message.raw('reasoning_content')) || textOf(message.raw('reasoning')) || said.thinking;
  const content = said.text;
  const refusal = textOf(message.raw('refusal'));
  const annotations = message.raw('annotations');
  if (Array.isArray(annotations) && annotations.length > 0) dropped.add('choices[].message.annotations');
  return [
    ...(thought === '' ? [] : [{ kind: 'thinking' as const, text: thought }]),
    ...(content === '' ? [] : [{ kind: 'text' as const, text: content }]),
    ...(refusal === '' ? [] : [{ kind: 'refusal' as const, text: refusal }]),
    ...readToolCalls(message, dropped),
  ];
}

/** Who answers, and when: an answer needs both where its provider did not say. */
export interface AnswerMeta {
  readonly id: string;
  /** The model's name where the upstream gave none. */
  readonly model: string;
  /** Seconds since 1970. */
  readonly created: number;
}

/** A neutral answer as a `chat.completion` object. What was thought is `reasoning_content`, as open models' servers have it. */
export function writeOpenAiAnswer(
  answer: Answer,
  meta: AnswerMeta,
): { body: object; dropped: readonly string[] } {
  const dropped = new Dropped();
  dropped.addAll(answer.unknown);
  const calls = answer.parts.flatMap(writeCall);
  const refusal = textOfParts(answer.parts, 'refusal');
  noteLosses(answer, dropped);
  const finish_reason = writeFinishReason(answer.stop, {
    toolCalls: calls.length > 0,
    refusal: refusal !== '',
  });
  const message = writeMessage(answer.parts, calls, refusal);
  const body = {
    id: answer.id || meta.id,
    object: 'chat.completion',
    created: meta.created,
    model: answer.model || meta.model,
    choices: [{ index: 0, message, logprobs: answer.logprobs ?? null, finish_reason }],
    ...(answer.usage === null ? {} : { usage: writeOpenAiUsage(answer.usage) }),
    ...tierOf(answer.serviceTier),
  };
  return { body, dropped: dropped.list() };
}

function writeMessage(parts: readonly AssistantPart[], calls: readonly object[], refusal: string): object {
  const text = textOfParts(parts, 'text');
  const thought = textOfParts(parts, 'thinking');
  return {
    role: 'assistant',
    content: text === '' && (calls.length > 0 || refusal !== '') ? null : text,
    refusal: refusal === '' ? null : refusal,
    ...(thought === '' ? {} : { reasoning_content: thought }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function writeCall(part: AssistantPart): readonly object[] {
  if (part.kind !== 'tool_call') return [];
  const spec = { name: part.name, arguments: part.argumentsJson || '{}' };
  return [{ id: part.id, type: 'function', function: spec }];
}

function noteLosses({ parts, stop }: Answer, dropped: Dropped): void {
  for (const part of parts) {
    if (part.kind === 'redacted_thinking') dropped.add('redacted_thinking');
    if (part.kind === 'thinking' && part.signature !== undefined) dropped.add('thinking.signature');
  }
  if (stop.kind === 'stop_sequence') dropped.add('stop_sequence');
  if (stop.kind === 'pause') dropped.add('stop_reason.pause_turn');
}

function textOfParts(parts: readonly AssistantPart[], kind: 'text' | 'refusal' | 'thinking'): string {
  return parts.flatMap((part) => (part.kind === kind ? [part.text] : [])).join('');
}

function tierOf(tier: string | undefined): object {
  return tier === undefined ? {} : { service_tier: tier === 'standard' ? 'default' : tier };
}
