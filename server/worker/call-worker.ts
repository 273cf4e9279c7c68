import type { Worker } from 'node:worker_threads';
import type { Answer, AnswerOf, ArgumentOf, Methods } from './messages.ts';
import { buffersIn } from './serve-methods.ts';

/** A thread that answers questions. It starts with the first, and again with the next after it has died. */
export interface WorkerClient<M extends Methods> {
  /** Buffers in the argument are given away, not copied. */
  ask<N extends keyof M & string>(name: N, argument: ArgumentOf<M, N>): Promise<AnswerOf<M, N>>;
  /** Ends the thread at once; what is not answered by then fails. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export function makeWorkerClient<M extends Methods>(start: () => Worker): WorkerClient<M> {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let nextId = 0;

  function failAll(error: unknown): void {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function running(): Worker {
    if (worker !== undefined) return worker;
    const started = start();
    started.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (waiting.size === 0) started.unref();
      if (answer.kind === 'value') asked?.resolve(answer.value);
      else asked?.reject(answer.error);
    });
    started.on('error', failAll);
    started.on('exit', (code) => {
      if (worker === started) worker = undefined;
      failAll(new Error(`A thread of the server ended with code ${code}.`));
    });
    worker = started;
    return started;
  }

  return {
    ask: (name, argument) =>
      new Promise((resolve, reject) => {
        const thread = running();
        const id = nextId++;
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        thread.ref();
        thread.postMessage({ id, name, argument }, buffersIn(argument));
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}
