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
  readonly dialect: 'openai-chat' | 'anthropic-messages';
  readonly key: string;
  /** In the dialect's form; `stream` is set here. */
  readonly body: Readonly<Record<string, unknown>>;
}

const paths = { 'openai-chat': '/v1/chat/completions', 'anthropic-messages': '/v1/messages' } as const;

/**
 * Sends a request through the gateway as any client would, streaming. `onText` gets the answer so far each time it grows.
 * @throws what `fetch` throws when the gateway cannot be reached, or the signal aborts.
 */
export async function askGateway(
  { dialect, key, body }: GatewayQuestion,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  const startedAt = performance.now();
  const response = await fetch(paths[dialect], {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ ...body, stream: true }),
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

/** The text or the error of one event, in either dialect. Unknown events are empty. */
export function partOf(data: string): Read {
  const event = readObject(data);
  const error = objectOf(event.error);
  if (typeof error.message === 'string') return { text: '', error: error.message };
  const [choice] = Array.isArray(event.choices) ? event.choices : [];
  const delta = objectOf(choice === undefined ? event.delta : objectOf(choice).delta);
  const text = delta.content ?? delta.text;
  return { text: typeof text === 'string' ? text : '', error: null };
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
