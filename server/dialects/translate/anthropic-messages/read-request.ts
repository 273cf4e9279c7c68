import { isWireObject } from '../../wire-value.ts';
import { Dropped } from '../dropped.ts';
import { Fields, fieldsOf, present, UnreadableBody } from '../fields.ts';
import type { Neutral, OutputFormat, Reasoning, Sampling, Tool, ToolChoice } from '../neutral.ts';
import { isEffort } from '../reasoning.ts';
import { readMessages, readSystem } from './read-messages.ts';
import { cacheOf } from './read-parts.ts';

/**
 * A Messages request (Anthropic API reference, `messages/create`, as of SDK 1.12, 2026) in neutral form.
 *
 * @throws {UnreadableBody} where a field has the wrong shape.
 */
export function readAnthropic(body: unknown): Neutral {
  if (!isWireObject(body)) throw new UnreadableBody('', 'should be a JSON object.');
  const fields = new Fields(body, '');
  const dropped = new Dropped();
  const { toolChoice, parallelTools } = readToolChoice(fields, dropped);
  const metadata = fields.object('metadata');
  const config = fields.object('output_config');
  const stream = fields.flag('stream') ?? false;
  const neutral = present({
    model: fields.requiredText('model'),
    system: readSystem(fields, dropped),
    messages: readMessages(fields, dropped),
    tools: readTools(fields, dropped),
    toolChoice,
    parallelTools,
    sampling: readSampling(fields),
    output: readOutput(config, dropped),
    reasoning: readReasoning(fields, config, dropped),
    user: metadata?.text('user_id'),
    serviceTier: readTier(fields, dropped),
    cache: cacheOf(fields),
    stream,
    includeUsage: stream,
  });
  metadata?.rest(dropped);
  config?.rest(dropped);
  fields.rest(dropped);
  return { ...neutral, unknown: dropped.list() };
}

function readSampling(fields: Fields): Sampling {
  return present({
    maxOutputTokens: fields.number('max_tokens'),
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    topK: fields.number('top_k'),
    stop: fields.list('stop_sequences')?.filter((one): one is string => typeof one === 'string'),
  });
}

function readTools(fields: Fields, dropped: Dropped): readonly Tool[] {
  return fieldsOf(fields.list('tools') ?? [], 'tools').flatMap((tool) => {
    const type = tool.text('type') ?? 'custom';
    if (type !== 'custom') {
      // Tools the provider runs, or whose schema only its models know.
      dropped.add(`tools.${type}`);
      return [];
    }
    const read = present({
      name: tool.requiredText('name'),
      description: tool.text('description'),
      schema: tool.wire('input_schema'),
      strict: tool.flag('strict'),
      cache: cacheOf(tool),
    });
    tool.rest(dropped);
    return [read];
  });
}

interface ChoiceReading {
  readonly toolChoice?: ToolChoice | undefined;
  readonly parallelTools?: boolean | undefined;
}

function readToolChoice(fields: Fields, dropped: Dropped): ChoiceReading {
  const choice = fields.object('tool_choice');
  if (choice === undefined) return {};
  const type = choice.requiredText('type');
  const serial = choice.flag('disable_parallel_tool_use');
  const parallelTools = serial === undefined ? undefined : !serial;
  const name = choice.text('name');
  choice.rest(dropped);
  if (type === 'auto' || type === 'none') return { toolChoice: { kind: type }, parallelTools };
  if (type === 'any') return { toolChoice: { kind: 'required' }, parallelTools };
  if (type === 'tool' && name !== undefined) return { toolChoice: { kind: 'named', name }, parallelTools };
  dropped.add('tool_choice');
  return { parallelTools };
}

function readOutput(config: Fields | undefined, dropped: Dropped): OutputFormat | undefined {
  const format = config?.object('format');
  if (format === undefined) return undefined;
  const type = format.text('type');
  const schema = format.wire('schema');
  format.rest(dropped);
  if (type === 'json_schema' && schema !== undefined) return { kind: 'json_schema', schema, strict: true };
  dropped.add('output_config.format');
  return undefined;
}

/** `output_config.effort` says how hard, `thinking` whether and how much; an effort says more than `adaptive`. */
function readReasoning(fields: Fields, config: Fields | undefined, dropped: Dropped): Reasoning | undefined {
  const thinking = fields.object('thinking');
  const type = thinking?.text('type');
  const tokens = thinking?.number('budget_tokens');
  thinking?.rest(dropped);
  const effort = config?.text('effort');
  if (type === 'disabled') return { kind: 'off' };
  if (effort !== undefined && isEffort(effort)) return { kind: 'effort', effort };
  if (effort !== undefined) dropped.add('output_config.effort');
  if (type === 'enabled' && tokens !== undefined) return { kind: 'budget', tokens };
  if (type === 'adaptive') return { kind: 'adaptive' };
  if (type !== undefined) dropped.add(`thinking.${type}`);
  return undefined;
}

function readTier(fields: Fields, dropped: Dropped): 'auto' | 'standard' | undefined {
  const tier = fields.text('service_tier');
  if (tier === undefined) return undefined;
  if (tier === 'auto') return 'auto';
  if (tier === 'standard_only') return 'standard';
  dropped.add('service_tier');
  return undefined;
}
