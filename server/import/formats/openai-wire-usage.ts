import { type ForeignUsage, type Row, unknownUsage } from '../foreign-request.ts';
import { countIn, objectIn } from '../read-field.ts';

/**
 * A `usage` object of OpenAI's dialects → disjoint classes: cached and written tokens leave the input, reasoning leaves
 * the output. LiteLLM's copies of Anthropic's fields are read too.
 */
export function readWireUsage(usage: Row): ForeignUsage {
  const prompt = countIn(usage, 'prompt_tokens') ?? countIn(usage, 'input_tokens');
  const completion = countIn(usage, 'completion_tokens') ?? countIn(usage, 'output_tokens');
  const inside = { ...objectIn(usage, 'input_tokens_details'), ...objectIn(usage, 'prompt_tokens_details') };
  const outside = {
    ...objectIn(usage, 'output_tokens_details'),
    ...objectIn(usage, 'completion_tokens_details'),
  };
  const cacheRead = countIn(usage, 'cache_read_input_tokens') ?? countIn(inside, 'cached_tokens');
  const cacheWrite5m =
    countIn(usage, 'cache_creation_input_tokens') ?? countIn(inside, 'cache_creation_tokens');
  const reasoning = countIn(outside, 'reasoning_tokens');
  const audio = readWireAudio(usage);
  return {
    ...unknownUsage,
    input: without(without(prompt, (cacheRead ?? 0) + (cacheWrite5m ?? 0)), audio.audioInput),
    cacheRead,
    cacheWrite5m,
    output: without(without(completion, reasoning ?? 0), audio.audioOutput),
    reasoning,
  };
}

/** Audio inside the totals of a `usage` object; 0 where it is not told apart. */
export function readWireAudio(usage: Row): { readonly audioInput: number; readonly audioOutput: number } {
  const inside = { ...objectIn(usage, 'input_tokens_details'), ...objectIn(usage, 'prompt_tokens_details') };
  const outside = {
    ...objectIn(usage, 'output_tokens_details'),
    ...objectIn(usage, 'completion_tokens_details'),
  };
  return {
    audioInput: countIn(inside, 'audio_tokens') ?? 0,
    audioOutput: countIn(outside, 'audio_tokens') ?? 0,
  };
}

/** The rest of a total. A part that is larger than the total was never in it. */
function without(total: number | null, part: number): number | null {
  return total === null || part > total ? total : total - part;
}
