import {
  type ForeignRequest,
  foreignRequest,
  type LogFormat,
  type Row,
  RowProblem,
  unknownUsage,
} from '../foreign-request.ts';
import { countIn, isRow, neededCount, objectIn, textIn, timeIn } from '../read-field.ts';
import { readWireAudio, readWireUsage } from './openai-wire-usage.ts';

/**
 * OpenAI's usage: the organisation's completions usage (sums over a time bucket; API pages or the dashboard's CSV), or
 * answers with their `usage`. A sum over N requests becomes N rows that add up to it exactly, marked as estimated;
 * how long each prompt was is unknown.
 * https://platform.openai.com/docs/api-reference/usage/completions_object
 */
export const openaiUsage: LogFormat = {
  name: 'openai-usage',
  summary:
    'OpenAI’s usage: organization/usage/completions (JSON or CSV), or answers with their usage (JSON lines)',
  csvColumns: [],
  clock: 'absolute',
  unpack,
  read: (row) => (isRow(row.usage) ? [readAnswer(row, row.usage)] : readSum(row)),
};

/** Pages hold buckets, buckets hold results; a result takes its bucket's time along. */
function unpack(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(unpack);
  if (!isRow(value)) return [value];
  if (Array.isArray(value.data)) return value.data.flatMap(unpack);
  if (!Array.isArray(value.results)) return [value];
  const { start_time } = value;
  return value.results.map((result) => (isRow(result) ? { start_time, ...result } : result));
}

function readAnswer(row: Row, wire: Row): ForeignRequest {
  const usage = readWireUsage(wire);
  if (usage.input === null) throw new RowProblem('"usage" has no prompt_tokens and no input_tokens.');
  return foreignRequest({
    id: textIn(row, 'id'),
    at: timeIn(row, 'created') ?? timeIn(row, 'created_at'),
    model: textIn(row, 'model'),
    provider: 'openai',
    signals: {
      'request.input_tokens': usage.input + (usage.cacheRead ?? 0),
      'caller.user': textIn(row, 'user'),
      'request.metadata': textsOf(objectIn(row, 'metadata')),
    },
    usage,
    extra: answerExtra(row, wire),
    httpStatus: 200,
  });
}

function answerExtra(row: Row, wire: Row): ForeignRequest['extra'] {
  const { audioInput, audioOutput } = readWireAudio(wire);
  const tier = textIn(row, 'service_tier');
  return {
    ...(audioInput > 0 ? { 'usage.audio_input_tokens': audioInput } : {}),
    ...(audioOutput > 0 ? { 'usage.audio_output_tokens': audioOutput } : {}),
    ...(tier === null || tier === 'default' ? {} : { 'usage.service_tier': tier }),
  };
}

function* readSum(row: Row): Generator<ForeignRequest> {
  const requests = neededCount(row, 'num_model_requests');
  const input = neededCount(row, 'input_tokens');
  const output = neededCount(row, 'output_tokens');
  const cached = countIn(row, 'input_cached_tokens') ?? 0;
  if (cached > input)
    throw new RowProblem(`"input_cached_tokens" (${cached}) are more than "input_tokens" (${input}).`);
  // The sums once were of text alone; where text is told apart, they hold audio and images too.
  const isTotal = countIn(row, 'input_text_tokens') !== null;
  const audioIn = countIn(row, 'input_audio_tokens') ?? 0;
  const audioOut = countIn(row, 'output_audio_tokens') ?? 0;
  const imagesIn = isTotal ? (countIn(row, 'input_image_tokens') ?? 0) : 0;
  const fresh = Math.max(0, input - cached - (isTotal ? audioIn + imagesIn : 0));
  const answered = Math.max(0, output - (isTotal ? audioOut : 0));
  const isBatch = String(row.batch) === 'true';
  const tier = textIn(row, 'service_tier') ?? (isBatch ? 'batch' : null);
  const at = timeIn(row, 'start_time');
  for (let index = 0; index < requests; index += 1) {
    yield foreignRequest({
      at,
      model: textIn(row, 'model'),
      provider: 'openai',
      signals: {
        'caller.project': textIn(row, 'project_id'),
        'caller.key': textIn(row, 'api_key_id'),
        'caller.user': textIn(row, 'user_id'),
        'caller.tags': isBatch ? ['batch'] : null,
      },
      usage: {
        ...unknownUsage,
        input: shareOf(fresh, requests, index),
        cacheRead: shareOf(cached, requests, index),
        output: shareOf(answered, requests, index),
      },
      extra: {
        ...(audioIn > 0 ? { 'usage.audio_input_tokens': shareOf(audioIn, requests, index) } : {}),
        ...(imagesIn > 0 ? { 'usage.image_input_tokens': shareOf(imagesIn, requests, index) } : {}),
        ...(audioOut > 0 ? { 'usage.audio_output_tokens': shareOf(audioOut, requests, index) } : {}),
        ...(tier === null ? {} : { 'usage.service_tier': tier }),
      },
      usageSource: 'estimated',
    });
  }
}

/** The `index`-th of `count` whole parts of a total; they differ by one at most and add up to it. */
function shareOf(total: number, count: number, index: number): number {
  return Math.floor(((index + 1) * total) / count) - Math.floor((index * total) / count);
}

function textsOf(metadata: Row): Readonly<Record<string, string>> | null {
  const texts = Object.entries(metadata).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return texts.length === 0 ? null : Object.fromEntries(texts);
}
