import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAlertJournal } from '#server/governance/alerts/alert-journal.ts';
import { isSignedBy, signatureOf, signingSecret } from '#server/governance/alerts/sign.ts';
import { aFolder } from '../../store/builders.ts';

import { aReceiver, aRule, aStand, noon, salt, someAlerts } from './some-alerts.ts';

describe('the delivery of an alert', () => {
  it('is signed, names what happened, and its signature holds for that body and time only', async () => {
    const { url, posts } = await aReceiver();
    const rule = aRule({ url });
    await someAlerts([rule], { budget: aStand({ spent: 8_000_000_000 }) }).check();
    expect(posts).toHaveLength(1);
    const { headers, body } = posts[0]!;
    expect(JSON.parse(body)).toMatchObject({
      event: 'budget.threshold',
      rule: 'watch',
      budget: 'search',
      threshold: 0.8,
      spent_usd: 8,
      limit_usd: 10,
    });
    const secret = signingSecret(salt, rule);
    const header = String(headers['x-waybill-signature']);
    expect(header).toBe(signatureOf(body, secret, noon));
    expect(isSignedBy(body, header, secret, noon)).toBe(true);
    expect(isSignedBy(`${body} `, header, secret, noon)).toBe(false);
    expect(isSignedBy(body, header, `${secret}0`, noon)).toBe(false);
    expect(isSignedBy(body, header, secret, noon + 301_000)).toBe(false);
  });

  it('is tried again with growing waits, over a restart, until it arrives', async () => {
    const { url, posts } = await aReceiver(500, 302, 204);
    const path = join(aFolder(), 'alerts.json');
    let now = noon;
    const told = { budget: aStand({ spent: 8_000_000_000 }) };
    const open = async () =>
      someAlerts([aRule({ url })], told, { journal: await openAlertJournal(path), now: () => now });
    const first = await open();
    await first.check();
    expect(first.deliveries()).toMatchObject([
      { status: 'waiting', attempts: 1, lastAnswer: 'answered 500' },
    ]);
    await first.check();
    expect(posts).toHaveLength(1);
    await first.close();
    now += 10_000;
    const second = await open();
    await second.check();
    expect(second.deliveries()).toMatchObject([
      { status: 'waiting', attempts: 2, lastAnswer: 'answered 302' },
    ]);
    now += 19_999;
    await second.check();
    expect(posts).toHaveLength(2);
    now += 1;
    await second.check();
    expect(second.deliveries()).toMatchObject([{ status: 'delivered', attempts: 3, nextAt: null }]);
    expect(new Set(posts.map(({ body }) => body)).size).toBe(1);
  });

  it('is given up after twelve attempts', async () => {
    const { url, posts } = await aReceiver(...Array.from({ length: 20 }, () => 503));
    let now = noon;
    const alerts = someAlerts(
      [aRule({ url })],
      { budget: aStand({ spent: 8_000_000_000 }) },
      { now: () => now },
    );
    for (let hour = 0; hour < 16; hour += 1) {
      await alerts.check();
      now += 3_600_000;
    }
    expect([posts.length, alerts.deliveries()[0]?.status]).toEqual([12, 'given_up']);
  });

  it('goes to no address of this machine or its networks, by number or by name', async () => {
    const { url, posts } = await aReceiver();
    for (const address of [
      url,
      url.replace('127.0.0.1', 'localhost'),
      url.replace('127.0.0.1', '[::ffff:127.0.0.1]'),
    ]) {
      const alerts = someAlerts(
        [aRule({ url: address })],
        { budget: aStand({ spent: 8_000_000_000 }) },
        { allowPrivate: false },
      );
      await alerts.check();
      expect(alerts.deliveries()[0]?.lastAnswer).toContain('not on the public internet');
    }
    expect(posts).toEqual([]);
  });
});
