import { isWireObject, parseJson, textOf } from '../../dialects/wire-value.ts';
import { type UpstreamAnswer, UpstreamFailure } from '../provider.ts';
import { messageIn, readSmallBody } from '../read-small-body.ts';
import { BrokenEventStream, EventStreamCutter, type StreamMessage } from './event-stream.ts';

/**
 * Bedrock's answer to a Messages call as Anthropic itself would give it: its binary frames become server-sent events with
 * the very same JSON, its errors Anthropic's form. A whole answer is Anthropic's already.
 */
export async function asAnthropicAnswer(answer: UpstreamAnswer): Promise<UpstreamAnswer> {
  const { status, headers } = answer;
  if (status >= 400) return { ...answer, headers: jsonHeaders(headers), body: once(await errorBody(answer)) };
  if (!(headers['content-type'] ?? '').startsWith('application/vnd.amazon.eventstream')) return answer;
  return {
    ...answer,
    headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8' },
    body: eventsOf(answer.body),
  };
}

async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const cutter = new EventStreamCutter();
  for await (const chunk of body) {
    const events = messagesIn(cutter, chunk).map(eventOf);
    if (events.length > 0) yield Buffer.from(events.join(''));
  }
  if (cutter.pending > 0) {
    throw new UpstreamFailure('network', 'The provider’s stream ended in the middle of a message.');
  }
}

function messagesIn(cutter: EventStreamCutter, chunk: Uint8Array): readonly StreamMessage[] {
  try {
    return cutter.push(chunk);
  } catch (cause) {
    if (cause instanceof BrokenEventStream) throw new UpstreamFailure('server_error', cause.message, cause);
    throw cause;
  }
}

/** A chunk holds one of Anthropic's events as base64; an exception ends the stream. */
function eventOf({ headers, payload }: StreamMessage): string {
  const wire = parseJson(payload.toString('utf8'));
  const fields = isWireObject(wire) ? wire : {};
  if (headers[':message-type'] === 'event') {
    const text = Buffer.from(textOf(fields.bytes), 'base64').toString('utf8');
    const event = parseJson(text);
    return isWireObject(event) ? `event: ${textOf(event.type)}\ndata: ${text}\n\n` : '';
  }
  const name = headers[':exception-type'] ?? headers[':error-code'] ?? '';
  const message =
    textOf(fields.message) || headers[':error-message'] || `The provider broke off with ${name}.`;
  const error = { type: typeOf(name, 0), message };
  return `event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`;
}

async function errorBody({ status, headers, body }: UpstreamAnswer): Promise<Buffer> {
  const text = await readSmallBody(body);
  const name = (headers['x-amzn-errortype'] ?? '').split(':', 1)[0] ?? '';
  const message = messageIn(text) || `Bedrock answered ${status}.`;
  return Buffer.from(JSON.stringify({ type: 'error', error: { type: typeOf(name, status), message } }));
}

/** Anthropic's type for an exception of Bedrock's (API reference, InvokeModel, read 2026-11-22). */
const types: Readonly<Record<string, string>> = {
  throttling: 'rate_limit_error',
  servicequotaexceeded: 'rate_limit_error',
  modelnotready: 'overloaded_error',
  serviceunavailable: 'overloaded_error',
  validation: 'invalid_request_error',
  accessdenied: 'permission_error',
  unrecognizedclient: 'authentication_error',
  expiredtoken: 'authentication_error',
  resourcenotfound: 'not_found_error',
  modeltimeout: 'timeout_error',
};
const typesByStatus: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
};

function typeOf(exception: string, status: number): string {
  const name = exception.replace(/(?:Stream)?(?:Exception)?$/, '').toLowerCase();
  return types[name] ?? typesByStatus[status] ?? 'api_error';
}

function jsonHeaders(headers: UpstreamAnswer['headers']): Readonly<Record<string, string>> {
  const { 'content-length': _, ...rest } = headers;
  return { ...rest, 'content-type': 'application/json' };
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
