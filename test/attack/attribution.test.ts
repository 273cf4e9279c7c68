import { describe, expect, it } from 'vitest';
import { anAttackedServer, hello, theirs } from './a-target.ts';

/** Everything a client could hope that somebody reads a caller from. */
const forgedHeaders = {
  'x-waybill-key': 'theirs',
  'x-waybill-team': 'finance',
  'x-waybill-project': 'finance-project',
  'x-waybill-tags': 'finance',
  'x-waybill-policy': 'finance',
  'x-waybill-version': '9',
  'x-waybill-cost': '0',
  'x-waybill-retention': 'retains',
  'x-waybill-principal': 'owner',
  'x-forwarded-user': 'owner',
  'x-forwarded-for': '10.0.0.1',
  'x-real-ip': '10.0.0.1',
  'openai-organization': 'finance',
  'openai-project': 'finance-project',
};
const forgedBody = {
  user: 'theirs',
  metadata: {
    key: 'theirs',
    team: 'finance',
    project: 'finance-project',
    tags: 'finance',
    'caller.team': 'finance',
    caller: 'theirs',
  },
  caller: { key: 'theirs', team: 'finance' },
  'caller.team': 'finance',
  'caller.key': 'theirs',
  team: 'finance',
  key: theirs,
  sandbox: true,
};

describe('who is billed', () => {
  it('is whose key it is, whatever headers, metadata and fields of the body say', async () => {
    const { ask, last } = await anAttackedServer();
    expect((await ask(hello)).status).toBe(200);
    const honest = await last();
    const answer = await ask({ ...hello, ...forgedBody }, forgedHeaders);
    expect(answer.status).toBe(200);
    const forged = await last();
    expect(forged.id).not.toBe(honest.id);
    for (const column of Object.keys(honest).filter((name) =>
      /^(caller\.(?!user)|cost|decision|sandbox|outcome)/.test(name),
    ))
      if (column !== 'outcome.attempts')
        expect([column, forged[column as keyof typeof forged]]).toEqual([
          column,
          honest[column as keyof typeof honest],
        ]);
    expect(forged).toMatchObject({
      'caller.key': 'ours',
      'caller.team': 'search',
      'caller.tags': ['search'],
    });
    expect(answer.headers.get('x-waybill-cost')).not.toBe('0');
  });

  it('says nothing of another team’s key that is written elsewhere than where keys stand', async () => {
    const { ask, last } = await anAttackedServer();
    await ask({ ...hello, key: theirs, api_key: theirs, metadata: { api_key: theirs } });
    const record = await last();
    expect(record['caller.key']).toBe('ours');
  });

  it('is nobody where two keys came, and neither is charged', async () => {
    const { ask, log, upstream } = await anAttackedServer();
    expect((await ask(hello, { 'x-api-key': theirs })).status).toBe(401);
    expect(await log.count()).toBe(0);
    expect(upstream.seen).toEqual([]);
  });

  it('passes no header of the client’s on that could mean something to the upstream’s own billing', async () => {
    const { ask, upstream } = await anAttackedServer();
    await ask(hello, forgedHeaders);
    const [seen] = upstream.seen;
    expect(seen?.headers.authorization).toBe('Bearer sk-upstream-secret');
    for (const name of Object.keys(forgedHeaders))
      expect([name, seen?.headers[name]]).toEqual([name, undefined]);
  });
});
