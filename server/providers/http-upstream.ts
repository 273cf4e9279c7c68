import { type Dispatcher, Pool } from 'undici';
import type { ErrorClass } from '#engine/nodes/index.ts';
import { PrivateAddressError, publicLookup, whyNotCalled } from '../governance/secrets/private-address.ts';
import { AnswerBody } from './answer-body.ts';
import { type StopSignal, type UpstreamAnswer, UpstreamFailure } from './provider.ts';
import { unpackBody } from './unpacked-body.ts';

/** One HTTP call. Redirects are never followed: a body full of prompts goes where the configuration says. */
export interface HttpCall {
  /** Below the base URL, with query: `/chat/completions`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
  readonly signal: StopSignal;
  readonly connectTimeoutMs: number;
}

/** An HTTP origin with its pool of connections. */
export interface HttpUpstream {
  post(call: HttpCall): Promise<UpstreamAnswer>;
  get(call: Omit<HttpCall, 'body'>): Promise<UpstreamAnswer>;
  close(): Promise<void>;
}

/**
 * A pool to the origin of `baseUrl`; its path stands before every call's. Deadlines are the caller's, so undici's are off.
 * `publicOnly`: addresses of this machine and its networks are refused, looked up anew for every connection.
 */
export function makeHttpUpstream(
  baseUrl: string,
  { publicOnly = false }: { readonly publicOnly?: boolean } = {},
): HttpUpstream {
  const url = new URL(baseUrl);
  const prefix = url.pathname.replace(/\/+$/, '');
  const pool = new Pool(url.origin, {
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 120_000, ...(publicOnly ? { lookup: publicLookup } : {}) },
    allowH2: false,
  });
  // A host in numbers is connected to without being looked up.
  const refused = publicOnly ? whyNotCalled(url.hostname) : undefined;
  const send = (method: 'GET' | 'POST', call: HttpCall): Promise<UpstreamAnswer> =>
    new Promise((resolve, reject) => {
      const handler = new CallHandler(url.host, call, resolve, reject);
      if (refused !== undefined) handler.refuse(refused);
      if (refused !== undefined || call.signal.stopped) return;
      const { headers, body } = call;
      pool.dispatch({ method, path: prefix + call.path, headers, body }, handler);
    });
  return {
    post: (call) => send('POST', call),
    get: (call) => send('GET', { ...call, body: null }),
    close: () => pool.destroy(),
  };
}

/** Undici's callbacks for one call: first the answer's head, then its body. */
class CallHandler implements Dispatcher.DispatchHandler {
  readonly #host: string;
  readonly #resolve: (answer: UpstreamAnswer) => void;
  readonly #reject: (cause: Error) => void;
  readonly #connectTimer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  #body: AnswerBody | null = null;
  #over = false;

  constructor(
    host: string,
    call: HttpCall,
    resolve: (answer: UpstreamAnswer) => void,
    reject: (cause: Error) => void,
  ) {
    this.#host = host;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#connectTimer = setTimeout(() => {
      this.#fail(
        new UpstreamFailure('timeout', `No connection to ${host} within ${call.connectTimeoutMs} ms.`),
      );
    }, call.connectTimeoutMs);
    call.signal.onStop(() => this.#fail(new UpstreamFailure('timeout', `The call to ${host} was stopped.`)));
  }

  /** Nothing goes out. */
  refuse(message: string): void {
    this.#fail(new UpstreamFailure('unavailable', message));
  }

  /** The request goes out on a connection; this is where connecting ends. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    clearTimeout(this.#connectTimer);
    this.#controller = controller;
    if (this.#over) controller.abort(new Error('The call was stopped before it was sent.'));
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (status < 200) return;
    const body = new AnswerBody(controller);
    this.#body = body;
    const single = singleHeaders(headers);
    const encoding = single['content-encoding'];
    const packed = encoding !== undefined && encoding !== '' && encoding !== 'identity';
    this.#resolve({ status, headers: single, body: packed ? unpackBody(encoding, body) : body });
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#over = true;
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    clearTimeout(this.#connectTimer);
    this.#fail(failureOf(cause, this.#host));
  }

  #fail(failure: UpstreamFailure): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#connectTimer);
    if (this.#body === null) this.#reject(failure);
    else this.#body.fail(failure);
    this.#controller?.abort(failure);
  }
}

function singleHeaders(
  headers: Record<string, string | string[] | undefined>,
): Readonly<Record<string, string>> {
  for (const name in headers) {
    const value = headers[name];
    if (Array.isArray(value)) headers[name] = value.join(', ');
  }
  return headers as Readonly<Record<string, string>>;
}

const timeouts = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

function failureOf(cause: Error, host: string): UpstreamFailure {
  if (cause instanceof UpstreamFailure) return cause;
  if (cause instanceof PrivateAddressError) return new UpstreamFailure('unavailable', cause.message, cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const error: ErrorClass = timeouts.has(code) ? 'timeout' : 'network';
  return new UpstreamFailure(
    error,
    `The connection to ${host} failed: ${cause.message}${code && ` (${code})`}.`,
    cause,
  );
}
