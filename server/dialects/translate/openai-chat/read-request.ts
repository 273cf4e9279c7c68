import { isWireObject } from '../../wire-value.ts';
import { Dropped } from '../dropped.ts';
import { Fields, fieldsOf, present, UnreadableBody } from '../fields.ts';
import type { Neutral, OutputFormat, Reasoning, Sampling, Tool, ToolChoice } from '../neutral.ts';
import { isEffort } from '../reasoning.ts';
import { readMessages } from './read-messages.ts';
import { readTier } from './service-tier.ts';

/**
 * A Chat Completions request (OpenAI API reference, `chat/create`, as of SDK 6.49, 2026) in neutral form.
 *
 * @throws {UnreadableBody} where a field has the wrong shape.
 */
export function readOpenAiChat(body: unknown): Neutral {
  if (!isWireObject(body)) throw new UnreadableBody('', 'should be a JSON object.');
  const fields = new Fields(body, '');
  const dropped = new Dropped();
  const { system, messages } = readMessages(fields, dropped);
  const { toolChoice, allowed } = readToolChoice(fields, dropped);
  const tools = readTools(fields, dropped).filter((tool) => allowed === undefined || allowed.has(tool.name));
  const neutral = present({
    model: fields.requiredText('model'),
    system,
    messages,
    tools,
    toolChoice,
    parallelTools: fields.flag('parallel_tool_calls'),
    sampling: readSampling(fields, dropped),
    output: readOutput(fields, dropped),
    reasoning: readReasoning(fields, dropped),
    user: readUser(fields, dropped),
    metadata: fields.wire('metadata'),
    serviceTier: readTier(fields, dropped),
    stream: fields.flag('stream') ?? false,
    includeUsage: readIncludeUsage(fields, dropped),
  });
  fields.rest(dropped);
  return { ...neutral, unknown: dropped.list() };
}

/** `user` is the old name of `safety_identifier`. */
function readUser(fields: Fields, dropped: Dropped): string | undefined {
  const old = fields.text('user');
  const user = fields.text('safety_identifier') ?? old;
  if (old !== undefined && old !== user) dropped.add('user');
  return user;
}

function readSampling(fields: Fields, dropped: Dropped): Sampling {
  const stop = fields.raw('stop');
  const bare = fields.number('max_tokens');
  return present({
    maxOutputTokens: fields.number('max_completion_tokens') ?? bare,
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    // Not OpenAI's, but taken by most servers that speak its dialect.
    topK: fields.number('top_k'),
    stop: readStop(stop, dropped),
    seed: fields.number('seed'),
    logprobs: fields.flag('logprobs'),
    topLogprobs: fields.number('top_logprobs'),
    frequencyPenalty: fields.number('frequency_penalty'),
    presencePenalty: fields.number('presence_penalty'),
    logitBias: fields.wire('logit_bias'),
    choices: fields.number('n'),
  });
}

function readStop(stop: unknown, dropped: Dropped): readonly string[] | undefined {
  if (stop === undefined) return undefined;
  if (typeof stop === 'string') return [stop];
  if (Array.isArray(stop)) return stop.filter((one): one is string => typeof one === 'string');
  dropped.add('stop');
  return undefined;
}

function readTools(fields: Fields, dropped: Dropped): readonly Tool[] {
  return fieldsOf(fields.list('tools') ?? [], 'tools').flatMap((tool) => {
    const type = tool.text('type') ?? 'function';
    if (type !== 'function') {
      dropped.add(`tools.${type}`);
      return [];
    }
    const spec = tool.object('function');
    if (spec === undefined) throw new UnreadableBody(tool.place('function'), 'is missing.');
    const read = present({
      name: spec.requiredText('name'),
      description: spec.text('description'),
      schema: spec.wire('parameters'),
      strict: spec.flag('strict'),
    });
    spec.rest(dropped);
    tool.rest(dropped);
    return [read];
  });
}

interface ChoiceReading {
  readonly toolChoice?: ToolChoice | undefined;
  /** The only tools that may be called. */
  readonly allowed?: ReadonlySet<string>;
}

function readToolChoice(fields: Fields, dropped: Dropped): ChoiceReading {
  const choice = fields.raw('tool_choice');
  if (choice === undefined) return {};
  if (choice === 'auto' || choice === 'none' || choice === 'required')
    return { toolChoice: { kind: choice } };
  if (isWireObject(choice)) {
    const named = choice.function;
    if (isWireObject(named) && typeof named.name === 'string')
      return { toolChoice: { kind: 'named', name: named.name } };
    if (isWireObject(choice.allowed_tools)) return readAllowed(choice.allowed_tools);
  }
  dropped.add('tool_choice');
  return {};
}

/** A list of the tools that may be called is the same as offering no others. */
function readAllowed(allowed: Readonly<Record<string, unknown>>): ChoiceReading {
  const list = Array.isArray(allowed.tools) ? allowed.tools : [];
  const names = list.flatMap((tool: unknown) => {
    const spec = isWireObject(tool) ? tool.function : undefined;
    return isWireObject(spec) && typeof spec.name === 'string' ? [spec.name] : [];
  });
  const kind = allowed.mode === 'required' ? 'required' : 'auto';
  return { toolChoice: { kind }, allowed: new Set(names) };
}

function readOutput(fields: Fields, dropped: Dropped): OutputFormat | undefined {
  const format = fields.object('response_format');
  if (format === undefined) return undefined;
  const type = format.text('type');
  if (type === 'text') return { kind: 'text' };
  if (type === 'json_object') return { kind: 'json' };
  const spec = type === 'json_schema' ? format.object('json_schema') : undefined;
  if (spec === undefined) {
    dropped.add(`response_format.${type ?? 'type'}`);
    return undefined;
  }
  const read = present({
    kind: 'json_schema' as const,
    schema: spec.wire('schema') ?? {},
    name: spec.text('name'),
    description: spec.text('description'),
    strict: spec.flag('strict'),
  });
  spec.rest(dropped);
  return read;
}

function readReasoning(fields: Fields, dropped: Dropped): Reasoning | undefined {
  const effort = fields.text('reasoning_effort');
  if (effort === undefined) return undefined;
  if (effort === 'none') return { kind: 'off' };
  if (isEffort(effort)) return { kind: 'effort', effort };
  dropped.add('reasoning_effort');
  return undefined;
}

function readIncludeUsage(fields: Fields, dropped: Dropped): boolean {
  const options = fields.object('stream_options');
  if (options === undefined) return false;
  const include = options.flag('include_usage') ?? false;
  // Padding against traffic analysis is between OpenAI and its client; ours adds none.
  options.flag('include_obfuscation');
  options.rest(dropped);
  return include;
}
