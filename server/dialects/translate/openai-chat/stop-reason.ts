import type { Stop } from '../neutral-answer.ts';

/** What an answer contains, as far as its end goes. */
export interface Contents {
  readonly toolCalls: boolean;
  readonly refusal: boolean;
}

/**
 * `finish_reason` in neutral words. A named tool's call ends in `stop` at OpenAI, and every call does at some servers; a
 * client of another dialect runs its tools only when told that they were called.
 */
export function readFinishReason(reason: string, contents: Contents): Stop {
  switch (reason) {
    case 'length':
      return { kind: 'length' };
    case 'content_filter':
      return { kind: 'content_filter' };
    case 'tool_calls':
    case 'function_call':
      return { kind: 'tool_use' };
    default:
      if (contents.toolCalls) return { kind: 'tool_use' };
      return { kind: contents.refusal ? 'refusal' : 'end' };
  }
}

/** OpenAI has no word for a stop sequence, and a filter where Anthropic refuses without saying why. */
export function writeFinishReason(stop: Stop, contents: Contents): string {
  switch (stop.kind) {
    case 'end':
    case 'stop_sequence':
    case 'pause':
      return 'stop';
    case 'length':
    case 'context_length':
      return 'length';
    case 'tool_use':
      return contents.toolCalls ? 'tool_calls' : 'stop';
    case 'content_filter':
      return 'content_filter';
    case 'refusal':
      return contents.refusal ? 'stop' : 'content_filter';
  }
}
