import { isWireObject } from '../../wire-value.ts';
import { Dropped } from '../dropped.ts';
import { Fields, present, UnreadableBody } from '../fields.ts';
import type { Neutral, OutputFormat, Reasoning } from '../neutral.ts';
import { readTier } from '../openai-chat/service-tier.ts';
import { isEffort } from '../reasoning.ts';
import { readInput } from './read-input.ts';
import { readToolChoice, readTools, requireTools } from './read-tools.ts';

/**
 * A Responses request (OpenAI API reference, `responses/create`, as of SDK 6.49, 2026) in neutral form.
 *
 * @throws {UnreadableBody} where a field has the wrong shape, or names something that only OpenAI has stored.
 */
export function readResponsesRequest(body: unknown): Neutral {
  if (!isWireObject(body)) throw new UnreadableBody('', 'should be a JSON object.');
  const fields = new Fields(body, '');
  const dropped = new Dropped();
  refuseStored(fields);
  const { system, messages, tools: brought } = readInput(fields, dropped);
  const { toolChoice, allowed } = readToolChoice(fields, dropped);
  const tools = [...readTools(fields, dropped), ...brought].filter(
    (tool) => allowed === undefined || allowed.has(tool.name),
  );
  requireTools(fields, tools, toolChoice);
  readKept(fields, dropped);
  const neutral = present({
    model: fields.requiredText('model'),
    system,
    messages,
    tools,
    toolChoice,
    parallelTools: fields.flag('parallel_tool_calls'),
    sampling: present({
      maxOutputTokens: fields.number('max_output_tokens'),
      temperature: fields.number('temperature'),
      topP: fields.number('top_p'),
    }),
    output: readOutput(fields, dropped),
    reasoning: readReasoning(fields, dropped),
    user: readUser(fields, dropped),
    metadata: fields.wire('metadata'),
    serviceTier: readTier(fields, dropped),
    stream: fields.flag('stream') ?? false,
    // A response states its usage unasked.
    includeUsage: true,
  });
  fields.rest(dropped);
  return { ...neutral, unknown: dropped.list() };
}

const stored = {
  previous_response_id: 'Send the whole conversation in "input"',
  conversation: 'Send the whole conversation in "input"',
  prompt: 'Send its text in "instructions" or "input"',
} as const;

/** What lies with OpenAI no other provider can read. */
function refuseStored(fields: Fields): void {
  for (const [name, instead] of Object.entries(stored)) {
    if (fields.raw(name) === undefined) continue;
    throw new UnreadableBody(
      name,
      `names something stored at OpenAI, which the model that was chosen cannot read. ${instead}.`,
    );
  }
  if (fields.flag('background') === true) {
    throw new UnreadableBody(
      'background',
      'should be false: the model that was chosen cannot answer later, when it is asked again.',
    );
  }
}

/** What nobody else can do, apart from the values that ask for nothing. */
function readKept(fields: Fields, dropped: Dropped): void {
  if (fields.flag('store') === true) dropped.add('store');
  if ((fields.text('truncation') ?? 'disabled') !== 'disabled') dropped.add('truncation');
  for (const one of fields.list('include') ?? []) {
    // What was thought goes along with its signature, for the next turn.
    if (one !== 'reasoning.encrypted_content') dropped.add(`include.${String(one)}`);
  }
  const options = fields.object('stream_options');
  // Padding against traffic analysis is between OpenAI and its client; ours adds none.
  options?.flag('include_obfuscation');
  options?.rest(dropped);
}

/** `user` is the old name of `safety_identifier`. */
function readUser(fields: Fields, dropped: Dropped): string | undefined {
  const old = fields.text('user');
  const user = fields.text('safety_identifier') ?? old;
  if (old !== undefined && old !== user) dropped.add('user');
  return user;
}

function readOutput(fields: Fields, dropped: Dropped): OutputFormat | undefined {
  const text = fields.object('text');
  const format = text?.object('format');
  text?.rest(dropped);
  if (format === undefined) return undefined;
  const type = format.text('type');
  if (type === 'text') return { kind: 'text' };
  if (type === 'json_object') return { kind: 'json' };
  if (type !== 'json_schema') {
    dropped.add(`text.format.${type ?? 'type'}`);
    return undefined;
  }
  const read = present({
    kind: 'json_schema' as const,
    schema: format.wire('schema') ?? {},
    name: format.text('name'),
    description: format.text('description'),
    strict: format.flag('strict'),
  });
  format.rest(dropped);
  return read;
}

function readReasoning(fields: Fields, dropped: Dropped): Reasoning | undefined {
  const reasoning = fields.object('reasoning');
  const effort = reasoning?.text('effort');
  // Whatever the provider shows of its thinking is passed on, asked for or not.
  reasoning?.raw('summary');
  reasoning?.raw('generate_summary');
  reasoning?.rest(dropped);
  if (effort === undefined) return undefined;
  if (effort === 'none') return { kind: 'off' };
  if (isEffort(effort)) return { kind: 'effort', effort };
  dropped.add('reasoning.effort');
  return undefined;
}
