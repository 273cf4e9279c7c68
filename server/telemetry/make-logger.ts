import { type Logger, pino, type SerializedError } from 'pino';

/** Words of an error that may hold what somebody wrote: a parser quotes what it could not read. */
const quoting = /JSON|token|Unterminated/;
const longestMessage = 1_000;

/**
 * The log of the server, on a file descriptor. Errors are reduced to what names a fault: kind, code, message and stack.
 * What libraries hang onto theirs (bodies of requests and answers, headers) never gets here.
 */
export function makeLogger(level: string, descriptor: number): Logger {
  return pino({ level, serializers: { err: plainError } }, pino.destination(descriptor));
}

/** An error without whatever else hangs on it, and without a parser's quotation of its material. */
export function plainError(thrown: unknown): Pick<SerializedError, 'type' | 'message' | 'stack'> & object {
  if (!(thrown instanceof Error)) return { type: typeof thrown, message: 'not an error', stack: '' };
  const { name, message, stack = '', cause } = thrown;
  const said =
    thrown instanceof SyntaxError && quoting.test(message)
      ? 'could not be read as JSON'
      : message.slice(0, longestMessage);
  const places = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {};
  const under = cause instanceof Error && cause !== thrown ? { cause: plainError(cause) } : {};
  return { type: name, message: said, stack: places.join('\n'), ...code, ...under };
}
