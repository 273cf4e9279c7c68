import { camelNames } from '../../google-generate/field-names.ts';
import { isWireObject, textOf } from '../../wire-value.ts';
import { Dropped } from '../dropped.ts';
import { type Fields, present, UnreadableBody } from '../fields.ts';
import type { Neutral, OutputFormat, Reasoning, Sampling, ServiceTier } from '../neutral.ts';
import { isEffort } from '../reasoning.ts';
import { googleFields, googleObject } from './google-fields.ts';
import { readContents, readSystem } from './read-contents.ts';
import { readTools } from './read-tools.ts';
import { jsonSchemaOf } from './schema.ts';

/**
 * A `generateContent` request (ai.google.dev, API reference v1beta, and SDK 2.32, 2026) in neutral form. Model and stream,
 * which stand in the URL, have been put into the body.
 *
 * @throws {UnreadableBody} where a field has the wrong shape, or names something that only Google has stored.
 */
export function readGoogleGenerate(body: unknown): Neutral {
  if (!isWireObject(body)) throw new UnreadableBody('', 'should be a JSON object.');
  const fields = googleFields(body, '');
  const dropped = new Dropped();
  if (fields.text('cachedContent') !== undefined) {
    throw new UnreadableBody(
      'cachedContent',
      'names something stored at Google, which the model that was chosen cannot read. Send it in "contents".',
    );
  }
  const config = googleObject(fields, 'generationConfig');
  const neutral = present({
    model: textOf(fields.raw('model')),
    system: readSystem(fields, dropped),
    messages: readContents(fields, dropped),
    ...readTools(fields, dropped),
    sampling: readSampling(config),
    output: config === undefined ? undefined : readOutput(config, dropped),
    reasoning: config === undefined ? undefined : readReasoning(config, dropped),
    metadata: fields.wire('labels'),
    serviceTier: readTier(fields, dropped),
    stream: fields.flag('stream') ?? false,
    // An answer states its usage unasked.
    includeUsage: true,
  });
  if (config !== undefined) readModalities(config, dropped);
  // Whether Google keeps a log of its own says nothing to anybody else.
  fields.raw('store');
  config?.rest(dropped);
  fields.rest(dropped);
  return { ...neutral, unknown: dropped.list() };
}

function readSampling(config: Fields | undefined): Sampling {
  if (config === undefined) return {};
  return present({
    maxOutputTokens: config.number('maxOutputTokens'),
    temperature: config.number('temperature'),
    topP: config.number('topP'),
    topK: config.number('topK'),
    stop: config.list('stopSequences')?.filter((one): one is string => typeof one === 'string'),
    seed: config.number('seed'),
    logprobs: config.flag('responseLogprobs'),
    topLogprobs: config.number('logprobs'),
    frequencyPenalty: config.number('frequencyPenalty'),
    presencePenalty: config.number('presencePenalty'),
    choices: config.number('candidateCount'),
  });
}

function readOutput(config: Fields, dropped: Dropped): OutputFormat | undefined {
  const type = config.text('responseMimeType');
  const openApi = config.wire('responseSchema');
  // Google's newer field; `responseFormat` in some versions of its reference.
  const schema =
    config.wire('responseJsonSchema') ?? (openApi === undefined ? undefined : jsonSchemaOf(openApi));
  if (type === undefined || type === 'text/plain') return undefined;
  if (type !== 'application/json') {
    dropped.add(config.lost(`responseMimeType.${type}`));
    return undefined;
  }
  return schema === undefined ? { kind: 'json' } : { kind: 'json_schema', schema, strict: true };
}

/** Only text comes back from a translated call. */
function readModalities(config: Fields, dropped: Dropped): void {
  for (const modality of config.list('responseModalities') ?? []) {
    if (String(modality).toUpperCase() !== 'TEXT')
      dropped.add(config.lost(`responseModalities.${String(modality)}`));
  }
}

function readReasoning(config: Fields, dropped: Dropped): Reasoning | undefined {
  const thinking = googleObject(config, 'thinkingConfig');
  if (thinking === undefined) return undefined;
  const level = thinking.text('thinkingLevel')?.toLowerCase();
  const budget = thinking.number('thinkingBudget');
  // What was thought is shown only to a client that asks for it: the writer of the answer looks.
  thinking.flag('includeThoughts');
  thinking.rest(dropped);
  if (level !== undefined && isEffort(level)) return { kind: 'effort', effort: level };
  if (level !== undefined && level !== 'thinking_level_unspecified')
    dropped.add(thinking.lost('thinkingLevel'));
  if (budget === undefined) return undefined;
  if (budget < 0) return { kind: 'adaptive' };
  return budget === 0 ? { kind: 'off' } : { kind: 'budget', tokens: budget };
}

const tiers: Readonly<Record<string, ServiceTier>> = {
  standard: 'standard',
  flex: 'flex',
  priority: 'priority',
};

function readTier(fields: Fields, dropped: Dropped): ServiceTier | undefined {
  const tier = fields.text('serviceTier');
  if (tier === undefined) return undefined;
  const read = tiers[tier.toLowerCase().replace('service_tier_', '')];
  if (read === undefined) dropped.add('serviceTier');
  return read;
}

/** Whether the client asked to see what was thought. */
export function wantsThoughts(asked: Readonly<Record<string, unknown>>): boolean {
  const { generationConfig } = camelNames(asked);
  const { thinkingConfig } = isWireObject(generationConfig) ? camelNames(generationConfig) : {};
  return isWireObject(thinkingConfig) && camelNames(thinkingConfig).includeThoughts === true;
}
