import { saysTooLong } from '../../dialects/error-status.ts';
import type { Problem, ProblemKind } from '../../dialects/translate/neutral-answer.ts';
import { kindOfStatus, statusOfKind } from '../../dialects/translate/problem-status.ts';
import { isWireObject, parseJson, textOf, type WireObject } from '../../dialects/wire-value.ts';
import { messageIn } from '../read-small-body.ts';

/** What an error of a library says of its HTTP answer. The libraries' own classes differ by version; these fields do not. */
interface ApiCallError extends Error {
  readonly statusCode?: unknown;
  readonly responseBody?: unknown;
  readonly responseHeaders?: unknown;
}

export interface ReadProblem {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
}

/** A library's error as a problem; `undefined` for one that is none of the provider's or the client's: ours. */
export function readLibraryProblem(error: unknown): ReadProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'AI_APICallError') return readApiCallError(error);
  const at = clientsFault[error.name];
  if (at !== undefined)
    return { problem: { status: 400, kind: 'invalid_request', message: error.message }, headers: {} };
  return unreadable.has(error.name) ? { problem: noAnswer(200, {}), headers: {} } : undefined;
}

const clientsFault: Readonly<Record<string, true>> = {
  AI_UnsupportedFunctionalityError: true,
  AI_InvalidPromptError: true,
  AI_InvalidArgumentError: true,
};

const unreadable = new Set([
  'AI_TypeValidationError',
  'AI_JSONParseError',
  'AI_InvalidResponseDataError',
  'AI_EmptyResponseBodyError',
]);

/** For an answer that is none of the API's: a proxy's page, a redirect, half a body. */
export function noAnswer(status: number, headers: Readonly<Record<string, string>>): Problem {
  const own = status >= 400 ? status : 502;
  const type = headers['content-type']?.split(';', 1)[0] ?? 'a body';
  const what =
    status >= 300 && status < 400
      ? 'a redirect, which is not followed'
      : `${type} that is no answer of its API`;
  return { status: own, kind: kindOfStatus(own), message: `The provider answered ${status} with ${what}.` };
}

function readApiCallError({ statusCode, responseBody, responseHeaders, message }: ApiCallError): ReadProblem {
  const headers = headersIn(responseHeaders);
  const status = typeof statusCode === 'number' ? statusCode : 502;
  const wire = parseJson(textOf(responseBody));
  const first: unknown = Array.isArray(wire) ? wire[0] : wire;
  if (status < 400 || !isWireObject(first)) {
    return { problem: noAnswer(status, headers), headers };
  }
  const error = isWireObject(first.error) ? first.error : first;
  const said = messageIn(textOf(responseBody)) || message;
  const code =
    textOf(error.status) || (headers['x-amzn-errortype'] ?? '').split(':', 1)[0] || textOf(error.code);
  const retryAfter = headers['retry-after'] === undefined ? retryDelayIn(error) : undefined;
  return {
    problem: {
      status,
      kind: kindOf(status, code ?? '', said, error),
      message: said,
      ...(code === undefined || code === '' ? {} : { code }),
    },
    headers: retryAfter === undefined ? headers : { ...headers, 'retry-after': retryAfter },
  };
}

function kindOf(status: number, code: string, message: string, error: WireObject): ProblemKind {
  if (status < 500 && (saysTooLong(message) || tooLong.test(message))) return 'context_length';
  // Google calls a key that is not valid an invalid argument.
  if (JSON.stringify(error.details ?? '').includes('"API_KEY_INVALID"')) return 'authentication';
  return kindOfCode[code] ?? kindOfStatus(status);
}

/** Bedrock's and Cohere's words for it. */
const tooLong = /input is too long|too many tokens|too many input tokens/i;

const kindOfCode: Readonly<Record<string, ProblemKind>> = {
  ServiceQuotaExceededException: 'quota',
  ModelNotReadyException: 'overloaded',
  ModelTimeoutException: 'timeout',
  UnrecognizedClientException: 'authentication',
  ExpiredTokenException: 'authentication',
};

function headersIn(value: unknown): Readonly<Record<string, string>> {
  if (!isWireObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name.toLowerCase(), textOf(text)]));
}

/** Google says when to come back in the body: `retryDelay: "37s"` of a RetryInfo. */
function retryDelayIn({ details }: WireObject): string | undefined {
  const info = Array.isArray(details) ? details.filter(isWireObject) : [];
  const delay = info.map((one) => /^(\d+(?:\.\d+)?)s$/.exec(textOf(one.retryDelay))?.[1]).find(Boolean);
  return delay === undefined ? undefined : String(Math.ceil(Number(delay)));
}

/** Bedrock's exceptions in a stream by their name there: status and kind as its API reference has them. */
const exceptions: Readonly<Record<string, ProblemKind>> = {
  internalServerException: 'server_error',
  modelStreamErrorException: 'server_error',
  serviceUnavailableException: 'overloaded',
  throttlingException: 'rate_limit',
  validationException: 'invalid_request',
};

/** An error in the middle of a stream. `raw`: the provider's last event, since the library hands on only what is in it. */
export function readStreamProblem(error: unknown, raw: unknown): Problem {
  const read = readLibraryProblem(error);
  if (read !== undefined) return read.problem;
  const name = isWireObject(raw) ? Object.keys(raw).find((key) => exceptions[key] !== undefined) : undefined;
  const kind = (name === undefined ? undefined : exceptions[name]) ?? 'server_error';
  const said = isWireObject(error) ? textOf(error.message) : error instanceof Error ? error.message : '';
  const message = said || 'The provider broke off its answer.';
  const own =
    kind === 'invalid_request' && (saysTooLong(said) || tooLong.test(said)) ? 'context_length' : kind;
  return { status: statusOfKind[own], kind: own, message, ...(name === undefined ? {} : { code: name }) };
}
