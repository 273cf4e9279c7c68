import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OpenAI-compatible server whose every answer has the tokens it was allowed. */
export interface ModelServer {
  readonly url: string;
  answered(): number;
  /** Answers 500 from now on, or no more. */
  fail(failing: boolean): void;
  close(): Promise<void>;
}

export async function aModelServer(delayMs = 30): Promise<ModelServer> {
  let answered = 0;
  let failing = false;
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const { model, max_tokens: tokens = 100 } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      setTimeout(() => {
        if (res.destroyed) return;
        res.writeHead(failing ? 500 : 200, { 'content-type': 'application/json' });
        if (failing) return res.end('{"error":{"message":"no","type":"server_error"}}');
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
      }, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    answered: () => answered,
    fail: (now) => {
      failing = now;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
