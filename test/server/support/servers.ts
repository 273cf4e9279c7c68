import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Context } from '#server/context.ts';
import { handleGateway } from '#server/gateway/index.ts';

/** A server on this machine that is gone after the test; answers its URL. */
export async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return urlOf(server);
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The gateway behind a real HTTP server. */
export function aGateway(context: Context): Promise<string> {
  return listen((req, res) => void handleGateway(req, res, context));
}

/** What an upstream of a test was asked. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface FakeUpstream {
  readonly url: string;
  readonly seen: SeenRequest[];
}

/** An upstream that answers as the test says, and remembers what it was asked. */
export async function anUpstream(
  answer: (res: ServerResponse, seen: SeenRequest, turn: number) => void,
): Promise<FakeUpstream> {
  const seen: SeenRequest[] = [];
  const url = await listen((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const request = {
        method: req.method ?? '',
        url: req.url ?? '',
        headers: req.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      seen.push(request);
      answer(res, request, seen.length);
    });
  });
  return { url, seen };
}

/** Answers with JSON. */
export function sendJson(
  res: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(body));
}

/** Begins a stream of server-sent events with these bytes. */
export function sendEvents(res: ServerResponse, bytes: string): void {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write(bytes);
}
