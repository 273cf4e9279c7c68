import { parentPort } from 'node:worker_threads';
import type { Methods, Question } from './messages.ts';

/** Answers the questions of the thread that started this one, one after the other, in the order they come. */
export function serveMethods(methods: Methods): void {
  const port = parentPort;
  if (port === null) throw new Error('This file is a thread of the server; it is not run by itself.');
  let last: Promise<void> = Promise.resolve();
  port.on('message', ({ id, name, argument }: Question) => {
    last = last.then(async () => {
      try {
        const method = methods[name] as ((argument: unknown) => Promise<unknown>) | undefined;
        if (method === undefined) throw new Error(`The thread has no method "${name}".`);
        const value = await method(argument);
        port.postMessage({ id, kind: 'value', value }, buffersIn(value));
      } catch (error) {
        port.postMessage({ id, kind: 'error', error });
      }
    });
  });
}

/** The memory behind typed arrays changes hands instead of being copied. */
export function buffersIn(value: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collectBuffers(value, found);
  return [...found];
}

function collectBuffers(value: unknown, found: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    // A view of Node's shared pool must be copied: giving the pool away would pull it from under others.
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength)
      found.add(value.buffer);
    return;
  }
  if (Array.isArray(value) && typeof value[0] !== 'object') return;
  for (const item of Object.values(value)) collectBuffers(item, found);
}
