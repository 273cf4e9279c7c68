import { isWireObject } from '../../wire-value.ts';
import { Dropped } from '../dropped.ts';
import { Fields, present, UnreadableBody } from '../fields.ts';
import type { Neutral, Reasoning } from '../neutral.ts';
import { isEffort } from '../reasoning.ts';

/**
 * A legacy Completions request (OpenAI API reference, `completions/create`, as of SDK 6.49, 2026) as a chat of one message.
 *
 * @throws {UnreadableBody} where a field has the wrong shape, or the prompt is more or other than one text.
 */
export function readCompletion(body: unknown): Neutral {
  if (!isWireObject(body)) throw new UnreadableBody('', 'should be a JSON object.');
  const fields = new Fields(body, '');
  const dropped = new Dropped();
  const text = readPrompt(fields);
  dropWhatAChatHasNot(fields, dropped);
  const neutral = present({
    model: fields.requiredText('model'),
    system: [],
    messages: [{ role: 'user' as const, parts: [{ kind: 'text' as const, text }] }],
    tools: [],
    sampling: present({
      maxOutputTokens: fields.number('max_tokens'),
      temperature: fields.number('temperature'),
      topP: fields.number('top_p'),
      stop: readStop(fields),
      seed: fields.number('seed'),
      frequencyPenalty: fields.number('frequency_penalty'),
      presencePenalty: fields.number('presence_penalty'),
      logitBias: fields.wire('logit_bias'),
    }),
    reasoning: readReasoning(fields),
    user: fields.text('user'),
    stream: fields.flag('stream') ?? false,
    includeUsage: readIncludeUsage(fields, dropped),
  });
  fields.rest(dropped);
  return { ...neutral, unknown: dropped.list() };
}

function readPrompt(fields: Fields): string {
  const prompt = fields.raw('prompt');
  if (typeof prompt === 'string') return prompt;
  const list: readonly unknown[] = Array.isArray(prompt) ? prompt : [];
  const [only] = list;
  if (list.length === 1 && typeof only === 'string') return only;
  if (list.length > 1 && list.every((one) => typeof one === 'string')) {
    throw new UnreadableBody(
      'prompt',
      `holds ${list.length} prompts, and the model that was chosen takes one. Send a request for each.`,
    );
  }
  throw new UnreadableBody(
    'prompt',
    'should be a text: the model that was chosen counts its tokens in its own way.',
  );
}

/** Fields that change what comes back, apart from the values that ask for nothing. */
function dropWhatAChatHasNot(fields: Fields, dropped: Dropped): void {
  if ((fields.text('suffix') ?? '') !== '') dropped.add('suffix');
  if (fields.flag('echo') === true) dropped.add('echo');
  if ((fields.number('best_of') ?? 1) > 1) dropped.add('best_of');
  if ((fields.number('n') ?? 1) > 1) dropped.add('n');
  if (fields.number('logprobs') !== undefined) dropped.add('logprobs');
}

function readStop(fields: Fields): readonly string[] | undefined {
  const stop = fields.raw('stop');
  if (typeof stop === 'string') return [stop];
  return Array.isArray(stop) ? stop.filter((one): one is string => typeof one === 'string') : undefined;
}

/** Not a client's field: a policy's effort comes this way. */
function readReasoning(fields: Fields): Reasoning | undefined {
  const effort = fields.text('reasoning_effort');
  if (effort === 'none') return { kind: 'off' };
  return effort !== undefined && isEffort(effort) ? { kind: 'effort', effort } : undefined;
}

function readIncludeUsage(fields: Fields, dropped: Dropped): boolean {
  const options = fields.object('stream_options');
  const include = options?.flag('include_usage') ?? false;
  options?.flag('include_obfuscation');
  options?.rest(dropped);
  return include;
}
