import { describe, expect, it } from 'vitest';
import { aServer } from '../../api/a-server.ts';
import { aRecord } from '../../store/builders.ts';
import { anUpstream, sendEvents, sendJson } from '../../support/servers.ts';
import { aChatStream, aCompletion } from '../../support/wire.ts';

const secret = (team: string) => `wb-privacy-${team}-0123456789`;

/** A server in front of an upstream that answers `The answer to ada@example.com.`, with a key of each of some teams. */
async function aKeepingServer(retention: 'unknown' | 'zero' = 'unknown') {
  const upstream = await anUpstream((res, { body }) => {
    if (!body.includes('"stream":true'))
      return sendJson(res, 200, aCompletion('The answer to ada@example.com.'));
    sendEvents(res, aChatStream('The answer ', 'to ada@', 'example.com.'));
    res.end();
  });
  const provider = {
    id: 'openai',
    kind: 'openai-compatible',
    baseUrl: `${upstream.url}/v1`,
    apiKey: 'sk',
    retention,
    region: null,
    models: [],
  } as const;
  const key = (team: string, rules: object = {}) => ({
    id: `${team}-key`,
    team,
    project: '',
    tags: [],
    secret: secret(team),
    ...rules,
  });
  const server = await aServer({
    config: {
      sandbox: false,
      file: {
        providers: [provider],
        teams: [{ id: 'vault', name: 'Vault', retention: 'zero' }],
        keys: [key('search'), key('quiet'), key('held', { retention: 'zero' }), key('vault')],
        policies: null,
        deployments: [],
      },
    },
  });
  const ask = async (team: string, body: object = {}, path = '/v1/chat/completions') => {
    const answer = await fetch(`${server.base}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret(team)}` },
      body: JSON.stringify({
        model: 'openai/gpt-5-mini',
        max_tokens: 50,
        user: 'ada',
        messages: [
          { role: 'user', content: `Mail bob@example.com with sk-proj-${'a1B2'.repeat(12)}, please.` },
        ],
        ...body,
      }),
    });
    await answer.text();
    return answer.headers.get('x-waybill-request-id') ?? '';
  };
  const textOf = async (id: string) => server.call('GET', `/api/records/${id}/text`);
  return { ...server, ask, textOf };
}

const kept = 'The answer to [email].';

describe('texts of a team that opted in', () => {
  it('give the last words of users for trying a classifier, and say in the audit who took them', async () => {
    const { call, ask } = await aKeepingServer();
    await call('PUT', '/api/privacy/texts/search', { days: 7 });
    const id = await ask('search');
    expect((await call('GET', '/api/texts')).body).toEqual({ teams: ['search'], texts: [] });
    const { body } = await call('GET', '/api/texts?team=search&limit=10');
    expect(body.texts).toEqual([{ id, text: expect.stringContaining('[email]') }]);
    expect((await call('GET', '/api/texts?team=other')).status).toBe(404);
    const { entries } = (await call('GET', '/api/audit?action=privacy.text_read')).body;
    expect(entries).toMatchObject([{ subject: 'search', after: { texts: 1 } }]);
  });

  it('are kept without what personal data and secrets are told by, streamed or not, in any dialect', async () => {
    const { call, ask, textOf } = await aKeepingServer();
    expect((await call('PUT', '/api/privacy/texts/search', { days: 7 })).body).toMatchObject({
      team: 'search',
      days: 7,
      texts: 0,
    });
    const ids = [
      await ask('search'),
      await ask('search', { stream: true }),
      await ask('search', {}, '/v1/messages'),
      await ask('search', { stream: true }, '/v1/messages'),
      await ask(
        'search',
        { input: 'Mail bob@example.com', messages: undefined, stream: true },
        '/v1/responses',
      ),
    ];
    for (const id of ids) {
      const { status, body } = await textOf(id);
      expect([status, body.answer, body.cut]).toEqual([200, kept, false]);
      expect(body.messages.at(-1).text).toContain('[email]');
      expect(JSON.stringify(body)).not.toMatch(/example\.com|sk-proj/);
    }
    const { entries } = (await call('GET', '/api/audit')).body;
    const readings = entries.filter(
      ({ action }: { readonly action: string }) => action === 'privacy.text_read',
    );
    expect(readings.map(({ subject }: { readonly subject: string }) => subject).sort()).toEqual(
      [...ids].sort(),
    );
  });

  it('are nobody else’s: not another team’s, not a zero-retention key’s, not where the provider keeps nothing', async () => {
    const { call, ask, textOf } = await aKeepingServer();
    for (const team of ['search', 'held']) await call('PUT', `/api/privacy/texts/${team}`, { days: 7 });
    expect((await call('PUT', '/api/privacy/texts/vault', { days: 7 })).body.error.code).toBe(
      'zero_retention',
    );
    expect((await call('PUT', '/api/privacy/texts/nobody', { days: 7 })).status).toBe(404);
    for (const team of ['quiet', 'held', 'vault']) expect((await textOf(await ask(team))).status).toBe(404);
    const zero = await aKeepingServer('zero');
    for (const team of ['search', 'held']) await zero.call('PUT', `/api/privacy/texts/${team}`, { days: 7 });
    for (const team of ['search', 'held']) expect((await zero.textOf(await zero.ask(team))).status).toBe(404);
  });

  it('are deleted when the team turns it off', async () => {
    const { call, ask, textOf } = await aKeepingServer();
    await call('PUT', '/api/privacy/texts/search', { days: 7 });
    const id = await ask('search');
    expect((await textOf(id)).status).toBe(200);
    expect((await call('DELETE', '/api/privacy/texts/search')).body).toEqual({ deleted: 1 });
    expect((await textOf(id)).status).toBe(404);
    expect((await textOf(await ask('search'))).status).toBe(404);
    expect((await call('DELETE', '/api/privacy/texts/search')).status).toBe(404);
  });
});

describe('what is held about a key', () => {
  it('is told, and erased on demand: texts go, people go, sums stay, the audit knows', async () => {
    const { call, ask, open } = await aKeepingServer();
    await call('PUT', '/api/privacy/texts/search', { days: 7 });
    const id = await ask('search', { metadata: { ticket: '4711' } });
    await ask('search');
    const report = (await call('GET', '/api/privacy/keys/search-key')).body;
    expect(report).toMatchObject({
      team: 'search',
      records: 2,
      withUser: 2,
      withMetadata: 1,
      texts: 2,
      auditEntries: 0,
    });
    expect(report.personalColumns).toContain('caller.user');
    expect((await call('GET', '/api/privacy/keys/nobody')).status).toBe(404);
    const spend = await open.installation.log.spend({
      by: 'caller',
      from: null,
      sliceMs: null,
      excluding: [],
    });

    expect(
      (await call('POST', '/api/privacy/keys/search-key/erase', { confirm: 'search' })).body.error.code,
    ).toBe('not_confirmed');
    const erased = await call('POST', '/api/privacy/keys/search-key/erase', {
      confirm: 'search-key',
      reason: 'asked to',
    });
    expect(erased.body).toEqual({ records: 2, texts: 2 });
    expect((await call('GET', '/api/privacy/keys/search-key')).body).toMatchObject({
      records: 2,
      withUser: 0,
      withMetadata: 0,
      texts: 0,
      auditEntries: 1,
    });
    expect((await call('GET', `/api/records/${id}`)).body.record).toMatchObject({
      'caller.user': '',
      'request.metadata': {},
    });
    expect(
      await open.installation.log.spend({ by: 'caller', from: null, sliceMs: null, excluding: [] }),
    ).toEqual(spend);
    const { log } = (await call('GET', '/api/privacy')).body;
    expect(log[0]).toMatchObject({
      action: 'privacy.erase',
      subject: 'search-key',
      detail: '2 records, 2 texts',
    });
  });
});

describe('the privacy of an installation', () => {
  it('is told: what is kept where, whose texts, what zero retention is proved for, what providers say', async () => {
    const { call } = await aKeepingServer();
    await call('PUT', '/api/privacy/texts/search', { days: 7 });
    const { body } = await call('GET', '/api/privacy');
    expect(body.stores.filter(({ text }: { readonly text: boolean }) => text)).toMatchObject([
      { name: 'Texts' },
    ]);
    expect(body.zero).toMatchObject({
      teams: ['vault'],
      keys: [
        { id: 'held-key', team: 'held' },
        { id: 'vault-key', team: 'vault' },
      ],
      coverage: [],
    });
    expect(body.providers).toEqual([
      { id: 'openai', retention: 'unknown', region: null, source: 'not stated: counts as keeping' },
    ]);
  });

  it('names every alias by which a zero-retention key could reach who may keep', async () => {
    const { call } = await aKeepingServer();
    const made = await call('POST', '/api/policies', { name: 'Loose' });
    const policy = {
      ...made.body.policy,
      entry: 'mini',
      nodes: { mini: { kind: 'model', target: 'openai/gpt-5-mini' } },
    };
    const saved = await call('PUT', '/api/policies/loose', { policy, revision: made.body.revision });
    const published = await call('POST', '/api/policies/loose/publish', {
      revision: saved.body.revision,
      note: '',
    });
    expect(published.status).toBe(422);
    expect(published.body.error.message).toContain('asks for zero retention and can get here');
  });

  it('removes records whose whole day is older, and the spend page shows the same sums', async () => {
    const { call, ask, open } = await aKeepingServer();
    await ask('search');
    const at = Date.now() - 40 * 86_400_000;
    const old = { 'caller.team': 'search', 'caller.tags': ['a', 'b'], 'cost.nano_usd': 12_345_678_901 };
    open.installation.log.append(aRecord({ id: 'old', 'time.at': at, ...old }));
    const zero = { id: 'zero', 'time.at': Date.now() - 10 * 86_400_000, 'caller.retention': 'zero' as const };
    open.installation.log.append(aRecord({ ...zero, 'caller.team': 'search', 'session.id': 's' }));
    await open.installation.log.flush();
    const from = at - 86_400_000;
    const spend = async () => (await call('GET', `/api/spend?by=team,tag&from=${from}`)).body;
    const before = await spend();
    expect(before.total.costNanoUsd).toBeGreaterThan(12_345_678_900);
    expect((await call('PUT', '/api/privacy/record-days', { days: 30, zero_days: 7 })).body).toEqual({
      emptied: 2,
    });
    expect((await call('GET', '/api/privacy')).body).toMatchObject({ recordDays: 30, zeroRecordDays: 7 });
    expect((await call('GET', '/api/records/old')).status).toBe(404);
    const after = await spend();
    expect(after.total).toEqual(before.total);
    expect(after.rows).toEqual(before.rows);
    const [entry] = (await call('GET', '/api/privacy')).body.log;
    expect(entry).toMatchObject({ action: 'privacy.purge', detail: expect.stringContaining('1 removed') });
  });

  it('empties records that are older than their days, at once, and budgets do not notice', async () => {
    const { call, ask, open } = await aKeepingServer();
    const id = await ask('search');
    const spend = await open.installation.log.spend({
      by: 'caller',
      from: null,
      sliceMs: null,
      excluding: [],
    });
    expect((await call('PUT', '/api/privacy/record-days', { days: 30 })).body).toEqual({ emptied: 0 });
    expect(await open.installation.log.strip(Date.now() + 1)).toBe(1);
    expect((await call('GET', `/api/records/${id}`)).body.record).toMatchObject({
      'caller.user': null,
      'caller.key': 'search-key',
    });
    expect(
      await open.installation.log.spend({ by: 'caller', from: null, sliceMs: null, excluding: [] }),
    ).toEqual(spend);
  });
});
