/** The least that can be called a proxy for streams: node:http in front, undici's `Pool.dispatch` behind, nothing looked at. */
import { createServer, type ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { tellUrl } from '../gateway/child.ts';

const pool = new Pool(process.argv[2] ?? '', { headersTimeout: 0, bodyTimeout: 0 });
const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-upstream' };

class PassOn implements Dispatcher.DispatchHandler {
  readonly #res: ServerResponse;
  constructor(res: ServerResponse) {
    this.#res = res;
  }
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#res.on('close', () => {
      if (!this.#res.writableFinished) controller.abort(new Error('left'));
    });
    this.#res.on('drain', () => controller.resume());
  }
  onResponseStart(_: Dispatcher.DispatchController, status: number, upstream: Record<string, unknown>): void {
    this.#res.writeHead(status, ['content-type', String(upstream['content-type'])]);
  }
  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#res.write(chunk)) controller.pause();
  }
  onResponseEnd(): void {
    this.#res.end();
  }
  onResponseError(_: Dispatcher.DispatchController, cause: Error): void {
    this.#res.destroy(cause);
  }
}

tellUrl(
  createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const body = Buffer.concat(chunks);
      pool.dispatch({ method: 'POST', path: req.url ?? '/', headers, body }, new PassOn(res));
    });
  }),
);
