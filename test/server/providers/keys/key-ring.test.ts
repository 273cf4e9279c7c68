import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { KeyRing } from '#server/providers/keys/key-ring.ts';

it('logs which key was refused, and never the key', async () => {
  let logged = '';
  const stream = new Writable({
    write: (chunk, _, done) => {
      logged += String(chunk);
      done();
    },
  });
  const key = 'sk-proj-a-very-secret-key-0001';
  const keys = [
    { credential: key, weight: 1, name: key },
    { credential: 'other', weight: 1, name: 'other' },
  ];
  const ring = new KeyRing('up', keys, { clock: () => 0, logger: pino(stream) });
  const answer = await ring.ask('m', async (credential) => ({
    status: credential === key ? 401 : 200,
    headers: {},
  }));
  expect(answer.status).toBe(200);
  expect(logged).toContain('"key":"sk-p…0001"');
  expect(logged).toContain('"provider":"up"');
  expect(logged).not.toContain('very-secret');
});
