import type { Stop } from '../neutral-answer.ts';

/** `stop_reason` in neutral words; one that is not known yet ends the turn. */
export function readStopReason(reason: string, sequence: string | undefined): Stop {
  switch (reason) {
    case 'max_tokens':
      return { kind: 'length' };
    case 'model_context_window_exceeded':
      return { kind: 'context_length' };
    case 'stop_sequence':
      return { kind: 'stop_sequence', sequence: sequence ?? '' };
    case 'tool_use':
      return { kind: 'tool_use' };
    case 'pause_turn':
      return { kind: 'pause' };
    case 'refusal':
      return { kind: 'refusal' };
    default:
      return { kind: 'end' };
  }
}

const reasons: Readonly<Record<Stop['kind'], string>> = {
  end: 'end_turn',
  length: 'max_tokens',
  context_length: 'model_context_window_exceeded',
  stop_sequence: 'stop_sequence',
  tool_use: 'tool_use',
  content_filter: 'refusal',
  refusal: 'refusal',
  pause: 'pause_turn',
};

/** `stop_reason` and `stop_sequence`. A turn that called no tool cannot end for one. */
export function writeStopReason(
  stop: Stop,
  toolCalls: boolean,
): { stop_reason: string; stop_sequence: string | null } {
  return {
    stop_reason: stop.kind === 'tool_use' && !toolCalls ? 'end_turn' : reasons[stop.kind],
    stop_sequence: stop.kind === 'stop_sequence' ? stop.sequence : null,
  };
}
