import { Dropped } from '../dropped.ts';
import type { AssistantPart } from '../neutral.ts';
import type { Answer } from '../neutral-answer.ts';
import type { CallState } from '../wire-form.ts';
import { malformedCall, writeGoogleReason } from './finish-reason.ts';
import { googleLogprobs } from './logprobs.ts';
import { argumentsOf } from './read-parts.ts';
import { wantsThoughts } from './read-request.ts';
import { sealThought } from './thought-signature.ts';
import { writeGoogleUsage } from './usage.ts';

/** A neutral answer as a `GenerateContentResponse`. */
export function writeGoogleAnswer(
  answer: Answer,
  { options, asked }: Pick<CallState, 'options' | 'asked'>,
): { body: object; dropped: readonly string[] } {
  const dropped = new Dropped();
  dropped.addAll(answer.unknown);
  if (answer.stop.kind === 'pause') dropped.add('stop_reason.pause_turn');
  const shown = wantsThoughts(asked);
  const parts = answer.parts.flatMap((part) => writePart(part, shown));
  const broken = answer.parts.find(isBroken);
  const end =
    broken === undefined || answer.stop.kind === 'length'
      ? { finishReason: writeGoogleReason(answer.stop) }
      : malformedCall(broken.name, broken.argumentsJson);
  const logprobsResult = googleLogprobs(answer.logprobs);
  const candidate = {
    content: { parts, role: 'model' },
    ...end,
    index: 0,
    ...(logprobsResult === undefined ? {} : { logprobsResult }),
  };
  const body = {
    candidates: [candidate],
    ...(answer.usage === null ? {} : { usageMetadata: writeGoogleUsage(answer.usage) }),
    modelVersion: answer.model || options.model,
    responseId: answer.id || options.id,
  };
  return { body, dropped: dropped.list() };
}

/** A part as Google writes it; nothing for thoughts that the client did not ask for, and for a call that cannot be run. */
function writePart(part: AssistantPart, shown: boolean): readonly object[] {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return [{ text: part.text }];
    case 'thinking':
      if (!shown) return [];
      return [{ text: part.text, thought: true, ...sealOf(part.signature) }];
    case 'redacted_thinking':
      return shown
        ? [{ text: '', thought: true, thoughtSignature: sealThought({ redacted: part.data }) }]
        : [];
    case 'tool_call': {
      const args = argumentsOf(part.argumentsJson);
      return args === undefined ? [] : [{ functionCall: { id: part.id, name: part.name, args } }];
    }
  }
}

function sealOf(signature: string | undefined): object {
  return signature === undefined ? {} : { thoughtSignature: sealThought({ signature }) };
}

function isBroken(part: AssistantPart): part is Extract<AssistantPart, { kind: 'tool_call' }> {
  return part.kind === 'tool_call' && argumentsOf(part.argumentsJson) === undefined;
}
