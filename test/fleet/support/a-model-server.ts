import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * An OpenAI-compatible server whose every answer has the tokens it was allowed, streamed where that is asked for: one token a
 * chunk and ten chunks at most. The model `flaky` fails every third time, `broken` always; `slow` waits until it is let go.
 */
export interface ModelServer {
  readonly url: string;
  answered(): number;
  /** Answers 500 from now on, or no more. */
  fail(failing: boolean): void;
  /** Answers everybody who waits for `slow`. */
  letGo(): void;
  close(): Promise<void>;
}

async function stream(
  res: ServerResponse,
  { model, tokens, delayMs }: { model: string; tokens: number; delayMs: number },
): Promise<void> {
  const send = (event: object) =>
    res.write(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model, ...event })}\n\n`,
    );
  const delta = (content: string, finish_reason: string | null) => ({
    choices: [{ index: 0, delta: { content }, finish_reason }],
  });
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let chunk = 0; chunk < Math.min(10, tokens) && !res.destroyed; chunk += 1) {
    send(delta('There. ', null));
    await new Promise((resolve) => setTimeout(resolve, delayMs));
  }
  if (res.destroyed) return;
  send(delta('', 'stop'));
  const usage = { prompt_tokens: 10, completion_tokens: tokens, total_tokens: 10 + tokens };
  send({ choices: [], usage });
  res.end('data: [DONE]\n\n');
}

export async function aModelServer(delayMs = 30): Promise<ModelServer> {
  let answered = 0;
  let failing = false;
  let asked = 0;
  let waiting: (() => void)[] = [];
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const { model, max_tokens: tokens = 100 } = body;
      asked += 1;
      const fails = failing || model === 'broken' || (model === 'flaky' && asked % 3 === 0);
      const answer = () => {
        if (res.destroyed) return;
        if (body.stream === true && !fails) {
          answered += 1;
          return void stream(res, { model, tokens, delayMs });
        }
        res.writeHead(fails ? 500 : 200, { 'content-type': 'application/json' });
        if (fails) return res.end('{"error":{"message":"no","type":"server_error"}}');
        answered += 1;
        res.end(
          JSON.stringify({
            id: 'c',
            object: 'chat.completion',
            created: 1,
            model,
            choices: [{ index: 0, message: { role: 'assistant', content: 'There.' }, finish_reason: 'stop' }],
            usage: { prompt_tokens: 10, completion_tokens: tokens, total_tokens: 10 + tokens },
          }),
        );
      };
      if (model === 'slow') waiting.push(answer);
      else setTimeout(answer, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    answered: () => answered,
    fail: (now) => {
      failing = now;
    },
    letGo: () => {
      for (const answer of waiting) answer();
      waiting = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
