import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { nanoUsd } from '#engine/catalogue/index.ts';
import type { StoredAlert } from '#server/contract/alert-shape.ts';
import {
  type AlertJournal,
  makeMemoryJournal,
  openAlertJournal,
} from '#server/governance/alerts/alert-journal.ts';
import type { WatchedBudget } from '#server/governance/alerts/due-alerts.ts';
import { type Alerts, makeAlerts } from '#server/governance/alerts/make-alerts.ts';
import { isSignedBy, signatureOf, signingSecret } from '#server/governance/alerts/sign.ts';
import type { Watch } from '#server/governance/alerts/watch.ts';
import type { Anomaly } from '#server/governance/billing/anomalies.ts';
import type { Budget } from '#server/governance/budgets/budget.ts';
import { aServer } from '../../api/a-server.ts';
import { aFolder, silent } from '../../store/builders.ts';
import { aConfigStore } from '../../support/fakes.ts';

interface Post {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver of webhooks that answers as told, in order; 200 when nothing is left to tell. */
async function aReceiver(...statuses: number[]): Promise<{ readonly url: string; readonly posts: Post[] }> {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(statuses.shift() ?? 200, { location: 'http://127.0.0.1:1/' }).end('thanks');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, posts };
}

const noon = Date.UTC(2026, 10, 22, 12);
const salt = 'salt';

function aRule(different: Partial<StoredAlert> = {}): StoredAlert {
  return {
    id: 'watch',
    name: 'Watch budgets',
    trigger: { kind: 'budget', budget: '*', at: [0.8, 1], forecast: true },
    url: null,
    enabled: true,
    nonce: 'n',
    revision: 1,
    updatedAt: '',
    updatedBy: '',
    ...different,
  };
}

function aBudget(different: Partial<Budget> = {}): Budget {
  return {
    id: 'search',
    scope: { kind: 'team', id: 'search' },
    limit: nanoUsd(10_000_000_000),
    window: 'month',
    kind: 'calendar',
    zone: 'UTC',
    enforcement: 'soft',
    whenStoreDown: 'refuse',
    ...different,
  };
}

function aStand(different: Partial<WatchedBudget> = {}): WatchedBudget {
  return { budget: aBudget(), team: 'search', spent: 0, from: 1, until: 2, expected: null, ...different };
}

/** Alerts over what is told, with a clock in hand. */
function someAlerts(
  rules: readonly StoredAlert[],
  told: { budget?: WatchedBudget; anomalies?: readonly Anomaly[] },
  options: {
    readonly journal?: AlertJournal;
    readonly allowPrivate?: boolean;
    readonly now?: () => number;
  } = {},
): Alerts {
  const watch: Watch = {
    budgets: async () => (told.budget === undefined ? [] : [told.budget]),
    anomalies: async () => told.anomalies ?? [],
  };
  const alerts = makeAlerts({
    store: aConfigStore({ alerts: rules }),
    journal: options.journal ?? makeMemoryJournal(),
    watch,
    clock: options.now ?? (() => noon),
    logger: silent,
    allowPrivate: options.allowPrivate ?? true,
    scheduled: false,
  });
  onTestFinished(() => alerts.close());
  return alerts;
}

describe('an alert on a budget', () => {
  it('fires once a window at each share, and again in the next window', async () => {
    const told = { budget: aStand({ spent: 7_900_000_000 }) };
    const alerts = someAlerts([aRule()], told);
    const texts = async () => {
      await alerts.check();
      return alerts.deliveries().map(({ text }) => text);
    };
    expect(await texts()).toEqual([]);
    told.budget = aStand({ spent: 8_000_000_000 });
    expect(await texts()).toEqual([
      'Budget "search" (team search) has reached 80 %: $8.00 of $10.00 this month.',
    ]);
    expect(await texts()).toHaveLength(1);
    told.budget = aStand({ spent: 10_000_000_001 });
    expect((await texts())[0]).toBe(
      'Budget "search" (team search) has reached 100 %: $10.00 of $10.00 this month. It is a soft budget: requests go on.',
    );
    expect(await texts()).toHaveLength(2);
    told.budget = aStand({ spent: 9_000_000_000, from: 2 });
    expect(await texts()).toHaveLength(3);
  });

  it('fires again on a rolling window after spend was five points below the share', async () => {
    const rolling = (spent: number) => aStand({ budget: aBudget({ kind: 'rolling' }), spent });
    const told = { budget: rolling(8_100_000_000) };
    const alerts = someAlerts([aRule()], told);
    const counts: number[] = [];
    for (const spent of [8_100_000_000, 7_800_000_000, 8_100_000_000, 7_400_000_000, 8_100_000_000]) {
      told.budget = rolling(spent);
      await alerts.check();
      counts.push(alerts.deliveries().length);
    }
    expect(counts).toEqual([1, 1, 1, 1, 2]);
  });

  it('fires once when the forecast is over the limit, and not for other budgets or rules that are off', async () => {
    const told = { budget: aStand({ spent: 5_000_000_000, expected: 12_500_000_000 }) };
    const other: StoredAlert['trigger'] = { kind: 'budget', budget: 'ops', at: [0.1], forecast: true };
    const rules = [aRule(), aRule({ id: 'ops', trigger: other }), aRule({ id: 'off', enabled: false })];
    const alerts = someAlerts(rules, told);
    await alerts.check();
    await alerts.check();
    expect(alerts.deliveries().map(({ event, text }) => [event, text])).toEqual([
      [
        'budget.forecast',
        'Budget "search" (team search) will probably end over its limit: $12.50 expected of $10.00, $5.00 spent so far.',
      ],
    ]);
  });
});

describe('an alert on unusual spend', () => {
  it('fires once a day', async () => {
    const anomaly: Anomaly = {
      day: '2026-11-21',
      nanoUsd: 9e9,
      usual: 2e9,
      score: 7.12,
      comparedWith: 'weekday',
    };
    const alerts = someAlerts([aRule({ trigger: { kind: 'anomaly', team: 'search' } })], {
      anomalies: [anomaly],
    });
    await alerts.check();
    await alerts.check();
    expect(alerts.deliveries()).toMatchObject([
      {
        event: 'spend.anomaly',
        team: 'search',
        text: 'Spend of team search on 2026-11-21 is unusually high: $9.00 where $2.00 is usual.',
      },
    ]);
  });
});

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
