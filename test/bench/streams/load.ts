import { Agent, type Dispatcher, request } from 'undici';

/** One way to ask for a stream. */
export interface Asking {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const unbounded = { connections: null, headersTimeout: 0, bodyTimeout: 0 };

/** Reads so many streams to their end, some at a time; answers their number of bytes. */
export async function readStreams(asking: Asking, count: number, atOnce: number): Promise<number> {
  const dispatcher = new Agent(unbounded);
  let left = count;
  let bytes = 0;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      for await (const chunk of await bodyOf(asking, dispatcher)) bytes += chunk.length;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  await dispatcher.close();
  return bytes;
}

/** Times from the request to the first bytes, ms, of streams that begin at all times, so many of them open at a time. */
export async function firstBytes(asking: Asking, atOnce: number, ms: number): Promise<readonly number[]> {
  const dispatcher = new Agent(unbounded);
  const until = performance.now() + ms;
  const times: number[] = [];
  const one = async (_none: unknown, at: number) => {
    await new Promise((resolve) => setTimeout(resolve, (at * 1_000) / atOnce));
    while (performance.now() < until) {
      const start = performance.now();
      let first = true;
      for await (const _chunk of await bodyOf(asking, dispatcher)) {
        if (first) times.push(performance.now() - start);
        first = false;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  await dispatcher.close();
  return times;
}

/** Opens streams and keeps them; answers how to let go of them. */
export async function openStreams(asking: Asking, count: number): Promise<() => Promise<void>> {
  const dispatcher = new Agent(unbounded);
  const readers: AsyncIterator<Uint8Array>[] = [];
  for (let at = 0; at < count; at += 1) {
    const reader = (await bodyOf(asking, dispatcher))[Symbol.asyncIterator]();
    await reader.next();
    readers.push(reader);
  }
  return () => dispatcher.destroy();
}

async function bodyOf({ url, headers, body }: Asking, dispatcher: Dispatcher) {
  const answer = await request(url, { method: 'POST', headers, body, dispatcher });
  if (answer.statusCode !== 200)
    throw new Error(`${url} answered ${answer.statusCode}: ${await answer.body.text()}`);
  return answer.body;
}
