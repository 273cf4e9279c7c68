import { Dropped } from '../dropped.ts';
import type { Answer } from '../neutral-answer.ts';
import type { AnswerMeta } from '../openai-chat/answer.ts';
import { writeFinishReason } from '../openai-chat/stop-reason.ts';
import { writeOpenAiUsage } from '../openai-chat/usage.ts';

/** A neutral answer as a `text_completion` object: its text. What was thought has no place there. */
export function writeCompletion(
  answer: Answer,
  meta: AnswerMeta,
): { body: object; dropped: readonly string[] } {
  const dropped = new Dropped();
  dropped.addAll(answer.unknown);
  if (answer.logprobs !== undefined) dropped.add('logprobs');
  let text = '';
  for (const part of answer.parts) {
    if (part.kind === 'text' || part.kind === 'refusal') text += part.text;
    else dropped.add(part.kind);
  }
  const finish_reason = writeFinishReason(answer.stop, { toolCalls: false, refusal: false });
  const body = {
    id: answer.id || meta.id,
    object: 'text_completion',
    created: meta.created,
    model: answer.model || meta.model,
    choices: [{ text, index: 0, logprobs: null, finish_reason }],
    ...(answer.usage === null ? {} : { usage: writeOpenAiUsage(answer.usage) }),
  };
  return { body, dropped: dropped.list() };
}
