import { Dropped } from '../dropped.ts';
import { present } from '../fields.ts';
import type { Neutral, Tool } from '../neutral.ts';
import { effortOfBudget, nearestEffort } from '../reasoning.ts';
import { isStrictSchema } from './strict-schema.ts';
import { ToolNames } from './tool-names.ts';
import { type OpenAiTraits, openAiTraits } from './traits.ts';
import { writeMessages } from './write-messages.ts';

export interface OpenAiTarget {
  /** The model's name at the provider; the client's own when absent. */
  readonly model?: string;
  readonly traits?: Partial<OpenAiTraits>;
}

export interface WrittenChatBody {
  readonly body: Readonly<Record<string, unknown>>;
  /** What the target cannot carry, and what the client said that nobody knows. */
  readonly dropped: readonly string[];
  /** Names of tools that had to be shortened, and the way back. */
  readonly toolNames: ToolNames;
}

/** A neutral request as an OpenAI Chat Completions body. A stream always asks for usage. */
export function writeOpenAiChat(neutral: Neutral, target: OpenAiTarget = {}): WrittenChatBody {
  const model = target.model ?? neutral.model;
  const traits = { ...openAiTraits(model), ...target.traits };
  const dropped = new Dropped();
  dropped.addAll(neutral.unknown);
  const toolNames = new ToolNames(traits.toolNameLength);
  const withTools = neutral.tools.length > 0;
  const body = present({
    model,
    messages: writeMessages(neutral, traits, toolNames, dropped),
    tools: withTools ? neutral.tools.map((tool) => writeTool(tool, toolNames, dropped)) : undefined,
    tool_choice: withTools ? writeToolChoice(neutral, toolNames) : undefined,
    parallel_tool_calls: withTools ? neutral.parallelTools : undefined,
    [traits.lengthField]: neutral.sampling.maxOutputTokens,
    ...writeSampling(neutral, traits, dropped),
    response_format: writeFormat(neutral),
    reasoning_effort: writeEffort(neutral, traits, dropped),
    [traits.userField]: writeUser(neutral, dropped),
    metadata: neutral.metadata,
    service_tier: neutral.serviceTier === 'standard' ? 'default' : neutral.serviceTier,
    stream: neutral.stream ? true : undefined,
    stream_options: neutral.stream ? { include_usage: true } : undefined,
  });
  if (neutral.cache !== undefined) dropped.add('cache_control');
  return { body, dropped: dropped.list(), toolNames };
}

/** OpenAI takes 64 characters; Claude Code's name for a user and session is longer. */
function writeUser({ user }: Neutral, dropped: Dropped): string | undefined {
  if (user === undefined || user.length <= 64) return user;
  dropped.add('metadata.user_id');
  return undefined;
}

function writeTool(tool: Tool, names: ToolNames, dropped: Dropped): object {
  if (tool.cache !== undefined) dropped.add('tools.cache_control');
  // OpenAI holds to a schema only if every property is required and every object closed; else it refuses the call.
  const loose = tool.strict === true && !isStrictSchema(tool.schema ?? {});
  if (loose) dropped.add('tools.strict');
  return {
    type: 'function',
    function: present({
      name: names.shorten(tool.name),
      description: tool.description,
      parameters: tool.schema,
      strict: loose ? undefined : tool.strict,
    }),
  };
}

function writeToolChoice({ toolChoice }: Neutral, names: ToolNames): unknown {
  if (toolChoice?.kind === 'named')
    return { type: 'function', function: { name: names.shorten(toolChoice.name) } };
  return toolChoice?.kind;
}

function writeFormat({ output }: Neutral): object | undefined {
  if (output === undefined) return undefined;
  if (output.kind === 'text') return { type: 'text' };
  if (output.kind === 'json') return { type: 'json_object' };
  const { schema, description } = output;
  const strict = output.strict === true ? isStrictSchema(schema) : output.strict;
  return {
    type: 'json_schema',
    json_schema: present({ name: output.name ?? 'answer', description, schema, strict }),
  };
}

function writeEffort({ reasoning }: Neutral, traits: OpenAiTraits, dropped: Dropped): string | undefined {
  // `adaptive` is what OpenAI's models do unasked.
  if (reasoning === undefined || reasoning.kind === 'adaptive') return undefined;
  if (reasoning.kind === 'off') {
    if (traits.reasoningOff) return 'none';
    if (traits.efforts.length > 0) dropped.add('thinking.disabled');
    return undefined;
  }
  const wanted = reasoning.kind === 'effort' ? reasoning.effort : effortOfBudget(reasoning.tokens);
  const effort = nearestEffort(wanted, traits.efforts);
  if (effort === undefined) dropped.add('thinking');
  else if (effort !== wanted) dropped.add(`thinking.effort.${wanted}`);
  return effort;
}

function writeSampling(neutral: Neutral, traits: OpenAiTraits, dropped: Dropped): object {
  const { sampling } = neutral;
  const { seed, logitBias, choices, topK } = sampling;
  if (topK !== undefined && !traits.topK) dropped.add('top_k');
  const always = { seed, logit_bias: logitBias, n: choices, top_k: traits.topK ? topK : undefined };
  const asked = {
    temperature: sampling.temperature,
    top_p: sampling.topP,
    frequency_penalty: sampling.frequencyPenalty,
    presence_penalty: sampling.presencePenalty,
    logprobs: sampling.logprobs,
    top_logprobs: sampling.topLogprobs,
    stop: writeStop(sampling.stop, dropped),
  };
  if (traits.sampling) return present({ ...always, ...asked });
  for (const [name, value] of Object.entries(asked)) {
    // Values that change nothing are no loss.
    if (value !== undefined && !isNeutralValue(name, value)) dropped.add(name);
  }
  return present(always);
}

function isNeutralValue(name: string, value: unknown): boolean {
  return name === 'temperature' || name === 'top_p' ? value === 1 : value === 0 || value === false;
}

/** OpenAI takes four stop sequences. */
function writeStop(stop: readonly string[] | undefined, dropped: Dropped): readonly string[] | undefined {
  if (stop === undefined || stop.length === 0) return undefined;
  if (stop.length > 4) dropped.add('stop_sequences>4');
  return stop.slice(0, 4);
}
