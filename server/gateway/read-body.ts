import type { IncomingMessage } from 'node:http';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';

/** How long a client may be silent in the middle of its body, ms. */
const patienceMs = 60_000;

/** The body of a request as it came, up to a limit in bytes; or what is wrong with it, the client's leaving included. */
export function readBody(
  req: IncomingMessage,
  limit: number,
  patience: number = patienceMs,
): Promise<Buffer | GatewayProblem> {
  const encoding = req.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    const message = `The body is compressed (${encoding}), which the gateway does not read. Send it uncompressed.`;
    return Promise.resolve(makeProblem(415, 'unsupported_encoding', message));
  }
  if (Number(req.headers['content-length'] ?? 0) > limit) return Promise.resolve(tooLarge(limit));
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => settle(tooSlow(patience)), patience);
    const settle = (result: Buffer | GatewayProblem): void => {
      clearTimeout(timer);
      resolve(result);
    };
    req.on('data', (chunk: Buffer) => {
      // What comes beyond the limit is read and dropped, so that the client gets to read the answer.
      if (size > limit) return;
      size += chunk.length;
      chunks.push(chunk);
      timer.refresh();
      if (size <= limit) return;
      chunks.length = 0;
      settle(tooLarge(limit));
    });
    req.on('end', () => settle(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    req.on('close', () => settle(brokenOff));
    req.on('error', () => settle(brokenOff));
  });
}

const brokenOff = makeProblem(400, 'body_incomplete', 'The body broke off before its end.');

function tooLarge(limit: number): GatewayProblem {
  return makeProblem(
    413,
    'body_too_large',
    `The body is larger than ${limit} bytes, the most that is taken.`,
  );
}

function tooSlow(patience: number): GatewayProblem {
  const message = `Nothing more of the body came for ${patience} ms. Send it again, without a pause.`;
  return makeProblem(408, 'body_too_slow', message);
}
