import type { HttpUpstream } from '../http-upstream.ts';
import { type NeutralCall, UpstreamFailure } from '../provider.ts';

export type Fetch = typeof globalThis.fetch;

/** The last word on what a library sends. */
export interface FetchEdits {
  readonly setHeaders?: (headers: Record<string, string>) => void;
  readonly editBody?: (text: string) => string;
}

/**
 * A `fetch` for a library that goes through our own pool: redirects are not followed, the call's signal and connect
 * deadline hold, and back-pressure reaches the upstream. `upstream` is the origin alone.
 */
export function upstreamFetch(
  upstream: HttpUpstream,
  { signal, connectTimeoutMs }: Pick<NeutralCall, 'signal' | 'connectTimeoutMs'>,
  { setHeaders = () => {}, editBody = (text) => text }: FetchEdits = {},
): Fetch {
  return async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const headers: Record<string, string> = {};
    new Headers(init?.headers).forEach((value, name) => {
      headers[name] = value;
    });
    headers['accept-encoding'] = 'identity';
    setHeaders(headers);
    const body = Buffer.from(editBody(typeof init?.body === 'string' ? init.body : ''));
    const answer = await upstream.post({ path: pathname + search, headers, body, signal, connectTimeoutMs });
    // A Response cannot have these statuses with a body, nor below 200.
    const bodiless = [204, 205, 304].includes(answer.status);
    return new Response(bodiless ? null : streamOf(answer.body), {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

/** Asks for the next bytes only when somebody wants them; a reader that leaves ends the call. */
function streamOf(body: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await chunks.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Our own failure, however deep a library has wrapped it. */
export function failureIn(error: unknown): UpstreamFailure | undefined {
  let cause = error;
  for (let depth = 0; depth < 5 && cause instanceof Error; depth += 1) {
    if (cause instanceof UpstreamFailure) return cause;
    cause = cause.cause;
  }
  return undefined;
}
