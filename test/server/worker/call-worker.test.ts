import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeWorkerClient, type WorkerClient } from '#server/worker/call-worker.ts';

type Methods = {
  readonly double: (argument: number) => Promise<number>;
  readonly fail: (argument: string) => Promise<never>;
  readonly die: (argument: null) => Promise<never>;
};

/** A thread that speaks the protocol, in plain JavaScript. */
const source = `
  const { parentPort } = require('node:worker_threads');
  parentPort.on('message', ({ id, name, argument }) => {
    if (name === 'double') parentPort.postMessage({ id, kind: 'value', value: argument * 2 });
    if (name === 'fail') parentPort.postMessage({ id, kind: 'error', error: new RangeError(argument) });
    if (name === 'die') process.exit(7);
  });`;

function aClient(): { readonly client: WorkerClient<Methods>; readonly started: () => number } {
  let count = 0;
  const client = makeWorkerClient<Methods>(() => {
    count += 1;
    return new Worker(source, { eval: true });
  });
  onTestFinished(() => client.close());
  return { client, started: () => count };
}

describe('a thread that is asked', () => {
  it('answers every question with its own answer', async () => {
    const { client, started } = aClient();
    expect(await Promise.all([1, 2, 3].map((n) => client.ask('double', n)))).toEqual([2, 4, 6]);
    expect(started()).toBe(1);
  });

  it('passes on what it threw', async () => {
    const { client } = aClient();
    await expect(client.ask('fail', 'too far')).rejects.toThrow(new RangeError('too far'));
  });

  it('fails what is under way when it dies, and is started again by the next question', async () => {
    const { client, started } = aClient();
    const [one, other] = await Promise.allSettled([client.ask('die', null), client.ask('double', 1)]);
    expect([one.status, other.status]).toEqual(['rejected', 'rejected']);
    expect(await client.ask('double', 4)).toBe(8);
    expect(started()).toBe(2);
  });

  it('is not started by being closed', async () => {
    const { client, started } = aClient();
    await client.close();
    expect(started()).toBe(0);
  });
});
