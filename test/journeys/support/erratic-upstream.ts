import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider of chat completions that costs, fails, breaks off and dawdles at random, from a seed. */
export interface ErraticUpstream {
  readonly url: string;
  /** Most requests that were in here at once. */
  peak(): number;
  close(): Promise<void>;
}

export async function anErraticUpstream(random: () => number): Promise<ErraticUpstream> {
  let inside = 0;
  let peak = 0;
  const server = createServer((req, res) => {
    inside += 1;
    peak = Math.max(peak, inside);
    res.on('close', () => {
      inside -= 1;
    });
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { stream = false, model } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      setTimeout(() => answer(res, stream, model, random), random() * 60);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    peak: () => peak,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(res: ServerResponse, stream: boolean, model: string, random: () => number): void {
  if (res.destroyed) return;
  const luck = random();
  if (luck < 0.14) {
    fail(res, luck < 0.08 ? 500 : 429);
    return;
  }
  if (luck < 0.18) {
    res.destroy();
    return;
  }
  const usage = usageOf(random);
  const base = { id: 'c', created: 1, model };
  if (!stream) {
    const message = { role: 'assistant', content: 'Well. '.repeat(usage.completion_tokens) };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ ...base, object: 'chat.completion', choices, usage }));
    return;
  }
  const event = (fields: object) =>
    `data: ${JSON.stringify({ ...base, object: 'chat.completion.chunk', ...fields })}\n\n`;
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write(
    event({ choices: [{ index: 0, delta: { role: 'assistant', content: 'Well.' }, finish_reason: null }] }),
  );
  setTimeout(() => {
    if (luck < 0.3) {
      res.destroy();
      return;
    }
    res.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
    res.end(`${event({ choices: [], usage })}data: [DONE]\n\n`);
  }, random() * 60);
}

function usageOf(random: () => number) {
  const [prompt, completion] = [1 + Math.floor(random() * 400), 1 + Math.floor(random() * 300)];
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

function fail(res: ServerResponse, status: number): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify({ error: { message: 'no', type: 'server_error' } }));
}
