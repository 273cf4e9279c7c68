import type { NamedSignals } from '#engine/signals/index.ts';
import { errorOfStatus } from '../error-of-status.ts';
import {
  type ForeignRequest,
  foreignRequest,
  type LogFormat,
  type Row,
  unknownUsage,
} from '../foreign-request.ts';
import { isRow, numberIn, objectIn, textIn, textsIn, timeIn } from '../read-field.ts';
import { readWireAudio, readWireUsage } from './openai-wire-usage.ts';
import { signalsOfMessages } from './signals-of-messages.ts';

/**
 * LiteLLM: rows of its spend log (`LiteLLM_SpendLogs`), or the `StandardLoggingPayload` that its callbacks write.
 * https://docs.litellm.ai/docs/proxy/logging_spec, …/docs/proxy/cost_tracking
 */
export const litellm: LogFormat = {
  name: 'litellm',
  summary: 'LiteLLM spend log or standard logging payload (JSON lines, a JSON document, or CSV)',
  csvColumns: [],
  clock: 'absolute',
  unpack: (value) => {
    if (Array.isArray(value)) return value;
    return isRow(value) && Array.isArray(value.data) ? value.data : [value];
  },
  read: (row) => [readLog(row)],
};

function readLog(row: Row): ForeignRequest {
  const at = timeIn(row, 'startTime') ?? timeIn(row, 'start_time');
  const failed = textIn(row, 'status') === 'failure';
  const usage = readUsage(row);
  const errorCode = numberIn(objectIn(row, 'error_information'), 'error_code');
  return foreignRequest({
    id: textIn(row, 'request_id') ?? textIn(row, 'id'),
    at,
    model: textIn(row, 'model'),
    provider: textIn(row, 'custom_llm_provider'),
    signals: readSignals(row, usage),
    usage,
    extra: audioIn(row),
    usageSource: usage.input === null ? 'none' : 'provider',
    status: failed ? 'failed' : 'served',
    error: failed ? errorOfStatus(errorCode) : '',
    httpStatus: errorCode ?? (failed ? 0 : 200),
    costNanoUsd: nanoUsdOf(numberIn(row, 'response_cost') ?? numberIn(row, 'spend')),
    totalMs: since(at, timeIn(row, 'endTime') ?? timeIn(row, 'end_time')),
    firstTokenMs: since(at, timeIn(row, 'completionStartTime')),
  });
}

function readUsage(row: Row): ForeignRequest['usage'] {
  const detailed = usageObject(row);
  const counts = { prompt_tokens: row.prompt_tokens, completion_tokens: row.completion_tokens };
  const usage = readWireUsage({ ...counts, ...detailed });
  const failedEmpty = textIn(row, 'status') === 'failure' && (usage.input ?? 0) === 0;
  return failedEmpty ? unknownUsage : usage;
}

/** Audio is told apart inside the totals, from which it was taken. */
function audioIn(row: Row): ForeignRequest['extra'] {
  const { audioInput, audioOutput } = readWireAudio(usageObject(row));
  return {
    ...(audioInput > 0 ? { 'usage.audio_input_tokens': audioInput } : {}),
    ...(audioOutput > 0 ? { 'usage.audio_output_tokens': audioOutput } : {}),
  };
}

function usageObject(row: Row): Row {
  return { ...objectIn(row, 'usage_object'), ...objectIn(objectIn(row, 'metadata'), 'usage_object') };
}

function readSignals(row: Row, usage: ForeignRequest['usage']): NamedSignals {
  const metadata = objectIn(row, 'metadata');
  const { stream } = row;
  const content = signalsOfMessages(row);
  const prompt =
    usage.input === null ? null : usage.input + (usage.cacheRead ?? 0) + (usage.cacheWrite5m ?? 0);
  return {
    ...content,
    'request.input_tokens': prompt,
    'request.model': textIn(row, 'model_group') ?? textIn(row, 'model'),
    'request.stream': typeof stream === 'boolean' ? stream : (content['request.stream'] ?? null),
    'caller.key': textIn(metadata, 'user_api_key_alias') ?? textIn(row, 'api_key'),
    'caller.team':
      textIn(metadata, 'user_api_key_team_alias') ??
      textIn(row, 'team_id') ??
      textIn(metadata, 'user_api_key_team_id'),
    'caller.tags': textsIn(row, 'request_tags'),
    'caller.user': textIn(row, 'end_user'),
    'session.id': textIn(row, 'session_id') ?? textIn(row, 'trace_id'),
  };
}

function since(from: number | null, to: number | null): number | null {
  return from === null || to === null || to < from ? null : to - from;
}

/** USD as a number → whole nano-dollars. */
function nanoUsdOf(usd: number | null): number | null {
  return usd === null ? null : Math.round(usd * 1e9);
}
