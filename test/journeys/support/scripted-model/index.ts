import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readMessages, streamMessages, writeMessages } from './anthropic-messages.ts';
import { type Ask, isObject, type Mind, type Say } from './mind.ts';
import { readChat, streamChat, writeChat } from './openai-chat.ts';
import { readResponses, streamResponses, writeResponses } from './openai-responses.ts';

export { type Ask, call, type Mind, type OfferedTool, say } from './mind.ts';

/** A vendor on this machine whose model says what a test has written, in the vendors' own wire forms. */
export interface ScriptedModel {
  /** Base URL for OpenAI's paths: ends in `/v1`. */
  readonly openai: string;
  /** Base URL for Anthropic's paths. */
  readonly anthropic: string;
  /** Everything it was asked, in order, with the path. */
  readonly asked: readonly (Ask & { readonly path: string })[];
  close(): Promise<void>;
}

interface Wire {
  read(body: Record<string, unknown>): Ask;
  write(say: Say, body: Record<string, unknown>): object;
  stream(say: Say, body: Record<string, unknown>): readonly string[];
}

const wires: Readonly<Record<string, Wire>> = {
  '/v1/chat/completions': { read: readChat, write: writeChat, stream: streamChat },
  '/v1/responses': { read: readResponses, write: writeResponses, stream: streamResponses },
  '/v1/messages': { read: readMessages, write: writeMessages, stream: streamMessages },
};

/** Starts it on a free port. */
export async function startScriptedModel(mind: Mind): Promise<ScriptedModel> {
  const asked: (Ask & { path: string })[] = [];
  const server = createServer((req, res) => void serve(req, res, mind, asked));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    openai: `${origin}/v1`,
    anthropic: origin,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  mind: Mind,
  asked: (Ask & { path: string })[],
): Promise<void> {
  const path = (req.url ?? '').split('?')[0] ?? '';
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
  if (path === '/v1/embeddings') return sendJson(res, 200, embeddings(body));
  if (path === '/v1/messages/count_tokens') return sendJson(res, 200, { input_tokens: 1_234 });
  const wire = wires[path];
  if (wire === undefined || !isObject(body))
    return sendJson(res, 404, {
      error: { message: `Nothing is at ${path}.`, type: 'invalid_request_error' },
    });
  const ask = wire.read(body);
  asked.push({ ...ask, path });
  const answer = mind(ask);
  if (body.stream !== true) return sendJson(res, 200, wire.write(answer, body));
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const frame of wire.stream(answer, body)) {
    res.write(frame);
    await new Promise(setImmediate);
  }
  res.end();
}

function sendJson(res: ServerResponse, status: number, body: object): void {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}

/** A vector a text, its length in the first place: enough to see that each came to its own. */
function embeddings(body: unknown): object {
  const input = isObject(body) ? body.input : [];
  const texts = Array.isArray(input) ? input : [input];
  const model = isObject(body) ? body.model : '';
  const isBase64 = isObject(body) && body.encoding_format === 'base64';
  return {
    object: 'list',
    model,
    data: texts.map((text, index) => {
      const vector = [String(text).length, 0.5, -0.25];
      return {
        object: 'embedding',
        index,
        embedding: isBase64 ? Buffer.from(new Float32Array(vector).buffer).toString('base64') : vector,
      };
    }),
    usage: { prompt_tokens: texts.length * 3, total_tokens: texts.length * 3 },
  };
}
