import type { LanguageModelV3FinishReason } from '@ai-sdk/provider';
import type { Neutral } from '../../dialects/translate/neutral.ts';
import type { Problem, Stop } from '../../dialects/translate/neutral-answer.ts';

/** Why it stopped; or, where the provider says that it failed, what is wrong. `null`: it never said. */
export type ReadStop =
  | { readonly kind: 'stop'; readonly stop: Stop; readonly unknown: string | null }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** `raw` is the provider's own word. Without one the answer broke off, whatever the library makes of it. */
export function readStop({ unified, raw }: LanguageModelV3FinishReason, neutral: Neutral): ReadStop | null {
  if (raw === undefined) return null;
  const stop = stops[raw] ?? stops[unified];
  if (/stop_?sequence/i.test(raw)) return stopped(stopSequence(neutral));
  if (stop !== undefined) return stopped({ kind: stop });
  if (unified === 'error' || failures.has(raw)) {
    const message = `The model ended its answer with ${raw}.`;
    return { kind: 'problem', problem: { status: 502, kind: 'server_error', message, code: raw } };
  }
  return { kind: 'stop', stop: { kind: 'end' }, unknown: `finish_reason.${raw}` };
}

function stopped(stop: Stop): ReadStop {
  return { kind: 'stop', stop, unknown: null };
}

/** Which sequence it was, no one says; with one there is no doubt. */
function stopSequence({ sampling }: Neutral): Stop {
  const [sequence] = sampling.stop ?? [];
  return sequence !== undefined && sampling.stop?.length === 1
    ? { kind: 'stop_sequence', sequence }
    : { kind: 'end' };
}

const failures = new Set(['TIMEOUT', 'USER_CANCEL', 'malformed_model_output', 'malformed_tool_use']);

const stops: Readonly<Record<string, Exclude<Stop['kind'], 'stop_sequence'>>> = {
  stop: 'end',
  length: 'length',
  'content-filter': 'content_filter',
  'tool-calls': 'tool_use',
  model_context_window_exceeded: 'context_length',
  ERROR_TOXIC: 'content_filter',
  ERROR_LIMIT: 'context_length',
};
