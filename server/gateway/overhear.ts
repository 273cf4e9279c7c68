import type { ServerResponse } from 'node:http';
import type { Dialect } from '#engine/signals/index.ts';
import { isWireObject, parseJson } from '../dialects/index.ts';
import { readSaid, type Said } from './accept/said.ts';
import { saidInStream } from './accept/said-in-stream.ts';

/** An answer longer than this is not kept, bytes. */
const mostHeard = 4 * 1024 * 1024;

/**
 * Listens to what goes out to a client whose team keeps texts. Nothing about the answer changes. Answers what was said,
 * once the answer is out; empty where it was too long or no answer.
 */
export function overhear(res: ServerResponse, dialect: Dialect): () => string {
  const heard: Buffer[] = [];
  let bytes = 0;
  for (const name of ['write', 'end'] as const) {
    const original = res[name];
    Object.defineProperty(res, name, {
      value: (chunk: unknown, ...rest: unknown[]) => {
        const piece = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        if (piece instanceof Uint8Array) {
          bytes += piece.length;
          // A copy: what is written may lie in memory that is used again.
          if (bytes <= mostHeard) heard.push(Buffer.from(piece));
        }
        return Reflect.apply(original, res, [chunk, ...rest]);
      },
    });
  }
  return () => (bytes > mostHeard ? '' : wordsOf(said(Buffer.concat(heard), dialect)));
}

function said(bytes: Buffer, dialect: Dialect): Said {
  const wire = parseJson(bytes.toString('utf8'));
  if (isWireObject(wire)) return readSaid(dialect, wire);
  // Google's stream as one array says in items what the other says in events.
  const events = Array.isArray(wire) ? wire.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('') : null;
  return saidInStream(dialect, events === null ? bytes : Buffer.from(events));
}

function wordsOf({ text, calls }: Said): string {
  return [...(text === '' ? [] : [text]), ...calls.map((call) => `[calls ${call}]`)].join('\n');
}
