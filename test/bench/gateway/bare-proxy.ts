/** The least that can be called a proxy: node:http in front, undici's `Pool.dispatch` behind, nothing looked at. */
import { createServer, type ServerResponse } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import { tellUrl } from './child.ts';

const pool = new Pool(process.argv[2] ?? '', { headersTimeout: 0, bodyTimeout: 0 });
const headers = { 'content-type': 'application/json', authorization: 'Bearer sk-upstream' };

class PassOn implements Dispatcher.DispatchHandler {
  readonly #res: ServerResponse;
  constructor(res: ServerResponse) {
    this.#res = res;
  }
  onRequestStart(): void {}
  onResponseStart(_: Dispatcher.DispatchController, status: number, upstream: Record<string, unknown>): void {
    this.#res.writeHead(status, [
      'content-type',
      String(upstream['content-type']),
      'content-length',
      String(upstream['content-length']),
    ]);
  }
  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#res.write(chunk);
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
      pool.dispatch(
        { method: 'POST', path: '/v1/chat/completions', headers, body: Buffer.concat(chunks) },
        new PassOn(res),
      );
    });
  }),
);
