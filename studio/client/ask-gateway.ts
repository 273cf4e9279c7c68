import { createParser } from 'eventsource-parser';

/** Headers of an answer that say how the gateway decided. */
export interface GatewayHeaders {
  readonly requestId: string | null;
  readonly policy: string | null;
  readonly version: string | null;
  readonly path: string | null;
  readonly target: string | null;
  readonly cost: string | null;
}

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: GatewayHeaders;
  /** All `x-waybill-*` headers as they came. */
  readonly rawHeaders: readonly (readonly [string, string])[];
  readonly text: string;
  /** The error's sentence where the gateway or the upstream refused. */
  readonly error: string | null;
  readonly elapsedMs: number;
}

export interface GatewayQuestion {
  readonly dialect: AskedDialect;
  readonly key: string;
  /** In the dialect's form; `stream` is set here. */
  readonly body: Readonly<Record<string, unknown>>;
}

const paths = {
  'openai-chat': '/v1/chat/completions',
  'openai-responses': '/v1/responses',
  'anthropic-messages': '/v1/messages',
  'openai-completions': '/v1/completions',
} as const;
export type AskedDialect = keyof typeof paths | 'google-generate';

/** Google's dialect names model and stream in the URL, all others in the body. */
export function wireOf({ dialect, body }: Pick<GatewayQuestion, 'dialect' | 'body'>): {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>>;
} {
  if (dialect !== 'google-generate') return { url: paths[dialect], body: { ...body, stream: true } };
  const { model, ...rest } = body;
  return { url: `/v1beta/models/${String(model)}:streamGenerateContent?alt=sse`, body: rest };
}

/**
 * Sends a request through the gateway as any client would, streaming. `onText` gets the answer so far each time it grows.
 * @throws what `fetch` throws when the gateway cannot be reached, or the signal aborts.
 */
export async function askGateway(
  question: GatewayQuestion,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const startedAt = performance.now();
  const { url, body } = wireOf(question);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${question.key}` },
    body: JSON.stringify(body),
    signal,
  });
  const read =
    response.ok && response.body !== null ? await readText(response.body, onText) : await readError(response);
  return {
    status: response.status,
    headers: headersOf(response.headers),
    rawHeaders: [...response.headers].filter(([name]) => name.startsWith('x-waybill-')),
    ...read,
    elapsedMs: performance.now() - startedAt,
  };
}

function headersOf(headers: Headers): GatewayHeaders {
  return {
    requestId: headers.get('x-waybill-request-id'),
    policy: headers.get('x-waybill-policy'),
    version: headers.get('x-waybill-version'),
    path: headers.get('x-waybill-path'),
    target: headers.get('x-waybill-target'),
    cost: headers.get('x-waybill-cost'),
  };
}

interface Read {
  readonly text: string;
  readonly error: string | null;
}

async function readText(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onText: (text: string) => void,
): Promise<Read> {
  let text = '';
  let error: string | null = null;
  const parser = createParser({
    onEvent: ({ data }) => {
      const part = partOf(data);
      error = part.error ?? error;
      if (part.text === '') return;
      text += part.text;
      onText(text);
    },
  });
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) parser.feed(part.value);
  return { text, error };
}

async function readError(response: Response): Promise<Read> {
  const text = await response.text();
  return { text: '', error: partOf(text).error ?? `The gateway answered with status ${response.status}.` };
}

/** The text or the error of one event, in any dialect. Unknown events are empty. */
export function partOf(data: string): Read {
  const event = readObject(data);
  const error = objectOf(event.error);
  if (typeof error.message === 'string') return { text: '', error: error.message };
  if (event.type === 'response.output_text.delta') return { text: textOr(event.delta), error: null };
  if (Array.isArray(event.candidates)) return { text: googleText(event.candidates[0]), error: null };
  const [choice] = Array.isArray(event.choices) ? event.choices.map(objectOf) : [];
  const delta = objectOf(choice === undefined ? event.delta : choice.delta);
  return { text: textOr(delta.content ?? delta.text ?? choice?.text), error: null };
}

function googleText(candidate: unknown): string {
  const { parts } = objectOf(objectOf(candidate).content);
  const read = Array.isArray(parts) ? parts.map(objectOf) : [];
  return read
    .filter(({ thought }) => thought !== true)
    .map(({ text }) => textOr(text))
    .join('');
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readObject(data: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(data));
  } catch {
    return {};
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
