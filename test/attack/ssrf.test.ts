import { describe, expect, it } from 'vitest';
import { askHttp } from '#server/classifiers/http-classifier.ts';
import { sendWebhook } from '#server/governance/alerts/send-webhook.ts';
import { listen, sendJson } from '../server/support/servers.ts';
import { adminToken, anAttackedServer } from './a-target.ts';

/** A place of the network that the server stands in; answers as any classifier would, and counts who asked. */
async function anInnerPlace() {
  const asked: string[] = [];
  const url = await listen((req, res) => {
    asked.push(req.url ?? '');
    sendJson(res, 200, { label: 'a', confidence: 1, secret: 'metadata' });
  });
  return { asked, url, port: new URL(url).port };
}

/** Ways to write an address that is not on the public internet. */
const inner = [
  'http://127.0.0.1:PORT/label',
  'http://localhost:PORT/label',
  'http://[::1]:PORT/label',
  'http://[::ffff:127.0.0.1]:PORT/label',
  'http://0.0.0.0:PORT/label',
  'http://0177.0.0.1:PORT/label',
  'http://2130706433:PORT/label',
  'http://127.1:PORT/label',
  'http://0x7f.1:PORT/label',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fe80::1]/label',
  'http://10.0.0.1/label',
  'http://192.168.0.1/label',
  'http://172.16.0.1/label',
  'http://100.64.0.1/label',
  'http://user:pass@127.0.0.1:PORT/label',
];

describe('an address of the server’s own network', () => {
  it.each(inner)('is not called by a classifier or an alert that somebody makes: %s', async (written) => {
    const place = await anInnerPlace();
    const url = written.replace('PORT', place.port);
    await expect(
      askHttp({ kind: 'http', url, labels: ['a', 'b'], deadline_ms: 2_000 }, 'Hello'),
    ).rejects.toThrow();
    expect((await sendWebhook(url, '{}', {}, false)).ok).toBe(false);
    expect(place.asked).toEqual([]);
  });

  it('is not found out about by trying classifiers or providers over the API', async () => {
    const place = await anInnerPlace();
    const { call } = await anAttackedServer();
    const headers = { authorization: `Bearer ${adminToken}` };
    const url = `${place.url}/label`;
    const classifier = { kind: 'http', url, labels: ['a', 'b'] };
    const tried = await call('POST', '/api/classifiers/try', { classifier, texts: ['Hello'] }, headers);
    expect(JSON.stringify(tried.body)).not.toContain('metadata');
    const provider = {
      kind: 'openai-compatible',
      baseUrl: `${place.url}/v1`,
      keys: [{ secret: 'sk-0123456789' }],
      revision: 0,
    };
    const made = await call('PUT', '/api/providers/inner', provider, headers);
    expect([made.status, made.body.error.code]).toEqual([400, 'private_address']);
    await call('POST', '/api/providers/inner/check', {}, headers);
    expect(place.asked).toEqual([]);
  });

  it('is not where an answer may lead: a classifier follows no redirect', async () => {
    const place = await anInnerPlace();
    const leading = await listen((_, res) => res.writeHead(307, { location: `${place.url}/label` }).end());
    const asked = askHttp(
      { kind: 'http', url: leading, labels: ['a', 'b'], deadline_ms: 2_000 },
      'Hello',
      true,
    );
    await expect(asked).rejects.toThrow('answered 307');
    expect(place.asked).toEqual([]);
  });
});
