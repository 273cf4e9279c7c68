import { Dropped } from '../dropped.ts';
import { present } from '../fields.ts';
import type { Neutral, Tool } from '../neutral.ts';
import { cacheControl } from './cache-control.ts';
import { heldSchema } from './held-schema.ts';
import { type AnthropicTraits, anthropicTraits } from './traits.ts';
import { writeConversation } from './write-messages.ts';
import { writeThinking } from './write-thinking.ts';

export interface AnthropicTarget {
  /** The model's name at the provider; the client's own when absent. */
  readonly model?: string;
  /** `max_tokens`, which Anthropic requires, where the client set no limit: the most the model can write. */
  readonly maxOutputTokens: number;
  readonly traits?: Partial<AnthropicTraits>;
}

export interface WrittenBody {
  readonly body: Readonly<Record<string, unknown>>;
  /** What the target cannot carry, and what the client said that nobody knows. */
  readonly dropped: readonly string[];
}

/** A neutral request as an Anthropic Messages body. */
export function writeAnthropic(neutral: Neutral, target: AnthropicTarget): WrittenBody {
  const model = target.model ?? neutral.model;
  const traits = { ...anthropicTraits(model), ...target.traits };
  const dropped = new Dropped();
  dropped.addAll(neutral.unknown);
  const { system, messages } = writeConversation(neutral, dropped);
  const maxTokens = neutral.sampling.maxOutputTokens ?? target.maxOutputTokens;
  const { thinking, effort } = writeThinking(neutral, maxTokens, traits, dropped);
  const format = writeFormat(neutral, traits, dropped);
  const config = present({ effort, format });
  const body = present({
    model,
    max_tokens: maxTokens,
    system,
    messages,
    tools:
      neutral.tools.length === 0 ? undefined : neutral.tools.map((tool) => writeTool(tool, traits, dropped)),
    tool_choice: writeToolChoice(neutral),
    ...writeSampling(neutral, traits, thinking !== undefined && thinking.type !== 'disabled', dropped),
    thinking,
    output_config: Object.keys(config).length === 0 ? undefined : config,
    metadata: neutral.user === undefined ? undefined : { user_id: neutral.user },
    service_tier: writeTier(neutral, dropped),
    cache_control: cacheControl(neutral.cache),
    stream: neutral.stream ? true : undefined,
  });
  if (neutral.metadata !== undefined) dropped.add('metadata');
  return { body, dropped: dropped.list() };
}

function writeTool(tool: Tool, traits: AnthropicTraits, dropped: Dropped): object {
  const strict = tool.strict === true && traits.schemas ? true : undefined;
  if (tool.strict === true && strict === undefined) dropped.add('tools.strict');
  const schema = tool.schema ?? { type: 'object', properties: {} };
  return present({
    name: tool.name,
    description: tool.description,
    input_schema:
      strict === true ? heldSchema(schema, 'tools.schema', dropped) : { type: 'object', ...schema },
    strict,
    cache_control: cacheControl(tool.cache),
  });
}

function writeToolChoice(neutral: Neutral): object | undefined {
  const choice = neutral.toolChoice;
  if (neutral.tools.length === 0) return undefined;
  if (choice?.kind === 'none') return { type: 'none' };
  const disable_parallel_tool_use = neutral.parallelTools === undefined ? undefined : !neutral.parallelTools;
  if (choice?.kind === 'named')
    return present({ type: 'tool', name: choice.name, disable_parallel_tool_use });
  if (choice?.kind === 'required') return present({ type: 'any', disable_parallel_tool_use });
  if (choice === undefined && neutral.parallelTools !== false) return undefined;
  return present({ type: 'auto', disable_parallel_tool_use });
}

function writeFormat(neutral: Neutral, traits: AnthropicTraits, dropped: Dropped): object | undefined {
  const output = neutral.output;
  if (output === undefined || output.kind === 'text') return undefined;
  // Anthropic has no mode for JSON without a schema, and a tool in its place would change what the model is asked.
  if (output.kind === 'json') dropped.add('response_format.json_object');
  else if (!traits.schemas) dropped.add('response_format.json_schema');
  else {
    if (output.description !== undefined) dropped.add('response_format.json_schema.description');
    return { type: 'json_schema', schema: heldSchema(output.schema, 'response_format.schema', dropped) };
  }
  return undefined;
}

function writeSampling(neutral: Neutral, traits: AnthropicTraits, thinks: boolean, dropped: Dropped): object {
  const { sampling } = neutral;
  dropSampling(neutral, dropped);
  const stop = writeStop(sampling.stop, dropped);
  // A model that thinks takes its own temperature only (extended thinking, feature compatibility).
  const free = traits.sampling && !thinks;
  const { temperature, topP, topK } = sampling;
  if (!free) {
    if (temperature !== undefined && temperature !== 1) dropped.add('temperature');
    if (topP !== undefined && topP !== 1) dropped.add('top_p');
    if (topK !== undefined) dropped.add('top_k');
    return present({ stop_sequences: stop });
  }
  if (temperature !== undefined && temperature > 1) dropped.add('temperature>1');
  const both = temperature !== undefined && topP !== undefined;
  const alone = both && !traits.bothTemperatureAndTopP;
  if (alone && topP !== 1) dropped.add('top_p');
  return present({
    temperature: temperature === undefined ? undefined : Math.min(temperature, 1),
    top_p: alone ? undefined : topP,
    top_k: topK,
    stop_sequences: stop,
  });
}

/** What Anthropic has no word for. Values that change nothing are no loss. */
function dropSampling({ sampling }: Neutral, dropped: Dropped): void {
  if (sampling.seed !== undefined) dropped.add('seed');
  if (sampling.logprobs === true) dropped.add('logprobs');
  if (sampling.topLogprobs !== undefined) dropped.add('top_logprobs');
  if ((sampling.frequencyPenalty ?? 0) !== 0) dropped.add('frequency_penalty');
  if ((sampling.presencePenalty ?? 0) !== 0) dropped.add('presence_penalty');
  if (sampling.logitBias !== undefined && Object.keys(sampling.logitBias).length > 0)
    dropped.add('logit_bias');
  if ((sampling.choices ?? 1) > 1) dropped.add('n>1');
}

/** Anthropic refuses stop sequences of nothing but white space. */
function writeStop(stop: readonly string[] | undefined, dropped: Dropped): readonly string[] | undefined {
  const kept = stop?.filter((one) => one.trim() !== '');
  if (kept !== undefined && stop !== undefined && kept.length < stop.length) dropped.add('stop.whitespace');
  return kept === undefined || kept.length === 0 ? undefined : kept;
}

function writeTier(neutral: Neutral, dropped: Dropped): string | undefined {
  if (neutral.serviceTier === undefined) return undefined;
  if (neutral.serviceTier === 'auto') return 'auto';
  if (neutral.serviceTier === 'standard') return 'standard_only';
  dropped.add(`service_tier.${neutral.serviceTier}`);
  return undefined;
}
