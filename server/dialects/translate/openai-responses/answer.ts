import { Dropped } from '../dropped.ts';
import type { AssistantPart } from '../neutral.ts';
import type { Answer } from '../neutral-answer.ts';
import { endOfResponse, type ResponseMeta, responseHead, wholeResponse } from './response.ts';
import { toolKinds } from './tool-kinds.ts';
import { endOfItem, type Grown, itemId, wantsSealed, writeItem } from './write-item.ts';

/** A neutral answer as a `response` object. */
export function writeResponse(
  answer: Answer,
  meta: ResponseMeta,
): { body: object; dropped: readonly string[] } {
  const dropped = new Dropped();
  dropped.addAll(answer.unknown);
  noteLosses(answer, meta, dropped);
  const head = responseHead(meta, answer);
  const end = endOfResponse(
    answer.stop,
    answer.parts.some((part) => part.kind === 'refusal'),
  );
  const kinds = toolKinds(meta.asked);
  const output = answer.parts.map((part, index) => {
    const grown = grownOf(part);
    const cut = end.status === 'incomplete' && index === answer.parts.length - 1;
    const kind = part.kind === 'tool_call' ? kinds.get(part.name) : undefined;
    const id = itemId(part.kind, head.id, index, kind);
    return writeItem(id, grown, endOfItem(grown, cut), meta.asked, kind);
  });
  return { body: wholeResponse(head, output, end, answer.usage), dropped: dropped.list() };
}

function grownOf(part: AssistantPart): Grown {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return { start: { kind: part.kind }, text: part.text, signature: '' };
    case 'thinking':
      return { start: { kind: 'thinking' }, text: part.text, signature: part.signature ?? '' };
    case 'redacted_thinking':
      return { start: part, text: '', signature: '' };
    case 'tool_call':
      return { start: part, text: part.argumentsJson, signature: '' };
  }
}

function noteLosses({ parts, stop, logprobs }: Answer, { asked }: ResponseMeta, dropped: Dropped): void {
  const kept = wantsSealed(asked);
  for (const part of parts) {
    if (part.kind === 'redacted_thinking' && !kept) dropped.add('redacted_thinking');
    if (part.kind === 'thinking' && part.signature !== undefined && !kept) dropped.add('thinking.signature');
  }
  if (logprobs !== undefined) dropped.add('logprobs');
  if (stop.kind === 'stop_sequence') dropped.add('stop_sequence');
  if (stop.kind === 'pause') dropped.add('stop_reason.pause_turn');
}
