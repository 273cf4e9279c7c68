import type { Stop } from '../neutral-answer.ts';

/** `finishReason` of a stop. Google has no word for a stop sequence or for calls: both are the natural end. */
export function writeGoogleReason(stop: Stop): string {
  switch (stop.kind) {
    case 'end':
    case 'tool_use':
    case 'stop_sequence':
    case 'pause':
      return 'STOP';
    case 'length':
    case 'context_length':
      return 'MAX_TOKENS';
    case 'content_filter':
    case 'refusal':
      return 'SAFETY';
  }
}

/** A call whose arguments are no object must not be run; Google's own word for it. */
export function malformedCall(
  name: string,
  argumentsJson: string,
): { finishReason: string; finishMessage: string } {
  return {
    finishReason: 'MALFORMED_FUNCTION_CALL',
    finishMessage: `Malformed function call: ${name}(${argumentsJson.slice(0, 500)})`,
  };
}
