import type { IncomingMessage } from 'node:http';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';

/** The body of a request as it came, up to a limit in bytes. A client that leaves in the middle is a problem too. */
export function readBody(req: IncomingMessage, limit: number): Promise<Buffer | GatewayProblem> {
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    const message = `The body is compressed (${encoding}), which the gateway does not read. Send it uncompressed.`;
    return Promise.resolve(makeProblem(415, 'unsupported_encoding', message));
  }
  if (Number(req.headers['content-length'] ?? 0) > limit) return Promise.resolve(tooLarge(limit));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let over = false;
    req.on('data', (chunk: Buffer) => {
      if (over) return;
      size += chunk.length;
      if (size > limit) {
        // What still comes is read and dropped, so that the client gets to read the answer.
        over = true;
        chunks.length = 0;
        resolve(tooLarge(limit));
        return;
      }
      chunks.push(chunk);
    });
    req.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.on('close', () => {
      if (!req.complete) resolve(makeProblem(400, 'body_incomplete', 'The body broke off before its end.'));
    });
    req.on('error', () => {
      resolve(makeProblem(400, 'body_incomplete', 'The body broke off before its end.'));
    });
  });
}

function tooLarge(limit: number): GatewayProblem {
  return makeProblem(
    413,
    'body_too_large',
    `The body is larger than ${limit} bytes, the most that is taken.`,
  );
}
