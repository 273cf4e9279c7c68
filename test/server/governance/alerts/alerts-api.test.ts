import { describe, expect, it } from 'vitest';
import { isSignedBy } from '#server/governance/alerts/sign.ts';
import { aServer } from '../../api/a-server.ts';

import { aReceiver } from './some-alerts.ts';

describe('alerts in the API', () => {
  const body = { name: 'All', trigger: { kind: 'budget', budget: '*' }, url: null, revision: 0 };

  it('are written, listed without what they sign with, tested and taken away, on record', async () => {
    const { url, posts } = await aReceiver();
    const { call } = await aServer({ config: { allowPrivateUpstreams: true } });
    const made = await call('PUT', '/api/alerts/all', { ...body, url });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      id: 'all',
      trigger: { kind: 'budget', budget: '*', at: [0.8, 1], forecast: true },
      revision: 1,
    });
    const secret: string = made.body.signingSecret;
    expect(secret).toMatch(/^whsec_[0-9a-f]{64}$/);
    const again = await call('PUT', '/api/alerts/all', { ...body, url, name: 'Every', revision: 1 });
    expect(again.body.signingSecret).toBeNull();
    const tested = await call('POST', '/api/alerts/all/test');
    expect(tested.body).toMatchObject({ event: 'test', status: 'delivered' });
    const post = posts[0]!;
    expect(isSignedBy(post.body, String(post.headers['x-waybill-signature']), secret, Date.now())).toBe(true);
    const listed = await call('GET', '/api/alerts');
    expect(JSON.stringify(listed.body)).not.toMatch(/nonce|whsec/);
    expect(listed.body.deliveries).toMatchObject([{ event: 'test', rule: 'all' }]);
    expect((await call('DELETE', '/api/alerts/all')).status).toBe(200);
    expect((await call('POST', '/api/alerts/all/test')).body.error.code).toBe('alert_missing');
  });

  it('say what is wrong with a rule', async () => {
    const { call } = await aServer();
    const problem = async (different: object) =>
      (await call('PUT', '/api/alerts/all', { ...body, ...different })).body.error.message;
    expect(await problem({ url: 'ftp://x' })).toContain('body.url: must be an address');
    expect(await problem({ url: 'https://me:secret@x.com' })).toContain('without a user name');
    expect(await problem({ trigger: { kind: 'budget', budget: 'none' } })).toContain(
      'There is no budget "none"',
    );
    expect(await problem({ trigger: { kind: 'budget', budget: '*', at: [0] } })).toContain('more than 0');
    expect(await problem({ revision: 4 })).toContain('write it with revision 0');
  });
});
