import type { LanguageModelV3CallOptions, LanguageModelV3FunctionTool } from '@ai-sdk/provider';
import { Dropped } from '../../dialects/translate/dropped.ts';
import { present } from '../../dialects/translate/fields.ts';
import type { Neutral, Tool } from '../../dialects/translate/neutral.ts';
import type { Carrier } from './carrier.ts';
import { writePrompt } from './write-prompt.ts';

export interface WrittenCall {
  readonly options: LanguageModelV3CallOptions;
  readonly dropped: Dropped;
}

/** A neutral request as a call of a library; what that cannot carry is named. */
export function writeCall(neutral: Neutral, model: string, maxOutput: number, carrier: Carrier): WrittenCall {
  const dropped = new Dropped();
  dropped.addAll(neutral.unknown);
  const { sampling } = neutral;
  const { options, maxOutputTokens } = carrier.extra(neutral, model, maxOutput, dropped);
  const taken = <T>(name: string, value: T | undefined, carried: boolean): T | undefined => {
    if (value !== undefined && !carried) dropped.add(name);
    return carried ? value : undefined;
  };
  nameTheRest(neutral, dropped);
  const tools = neutral.tools.map((tool) => writeTool(tool, carrier, dropped));
  return {
    dropped,
    options: present({
      prompt: writePrompt(neutral, carrier, dropped),
      maxOutputTokens: maxOutputTokens ?? sampling.maxOutputTokens,
      temperature: sampling.temperature,
      topP: sampling.topP,
      topK: taken('top_k', sampling.topK, carrier.topK),
      stopSequences: sampling.stop === undefined ? undefined : [...sampling.stop],
      seed: taken('seed', sampling.seed, carrier.seed),
      frequencyPenalty: taken('frequency_penalty', sampling.frequencyPenalty, carrier.penalties),
      presencePenalty: taken('presence_penalty', sampling.presencePenalty, carrier.penalties),
      responseFormat: writeFormat(neutral, carrier, dropped),
      tools: tools.length === 0 ? undefined : tools,
      toolChoice: tools.length === 0 ? undefined : writeChoice(neutral),
      providerOptions: Object.keys(options).length === 0 ? undefined : { [carrier.key]: options },
    }),
  };
}

/** What no library has a place for. */
function nameTheRest(neutral: Neutral, dropped: Dropped): void {
  const { sampling, parallelTools, user, metadata, cache } = neutral;
  if (sampling.logprobs === true) dropped.add('logprobs');
  if (sampling.topLogprobs !== undefined) dropped.add('top_logprobs');
  if (sampling.logitBias !== undefined) dropped.add('logit_bias');
  if (sampling.choices !== undefined && sampling.choices > 1) dropped.add('n');
  if (parallelTools === false) dropped.add('parallel_tool_calls');
  if (user !== undefined) dropped.add('user');
  if (metadata !== undefined) dropped.add('metadata');
  if (cache !== undefined) dropped.add('cache_control');
}

function writeTool(tool: Tool, carrier: Carrier, dropped: Dropped): LanguageModelV3FunctionTool {
  if (tool.cache !== undefined) dropped.add('tools.cache_control');
  if (tool.strict === true && !carrier.strictTools) dropped.add('tools.strict');
  return {
    type: 'function',
    name: tool.name,
    // An empty object means any arguments; a tool without a schema takes none.
    inputSchema: (carrier.toolSchemas ? tool.schema : undefined) ?? { type: 'object', properties: {} },
    ...(tool.description === undefined ? {} : { description: tool.description }),
    ...(tool.strict === true && carrier.strictTools ? { strict: true } : {}),
  };
}

function writeChoice({ toolChoice }: Neutral): LanguageModelV3CallOptions['toolChoice'] {
  if (toolChoice === undefined) return undefined;
  return toolChoice.kind === 'named'
    ? { type: 'tool', toolName: toolChoice.name }
    : { type: toolChoice.kind };
}

function writeFormat(
  { output }: Neutral,
  carrier: Carrier,
  dropped: Dropped,
): LanguageModelV3CallOptions['responseFormat'] {
  if (output === undefined || output.kind === 'text') return undefined;
  if (output.kind === 'json') {
    if (carrier.jsonWithoutSchema) return { type: 'json' };
    dropped.add('response_format');
    return undefined;
  }
  const { schema, name, description } = output;
  for (const keyword of carrier.lostKeywords(schema)) dropped.add(`response_format.schema.${keyword}`);
  return present({ type: 'json' as const, schema, name, description });
}
