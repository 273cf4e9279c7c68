import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { nanoUsd } from '#engine/catalogue/index.ts';
import type { StoredAlert } from '#server/contract/alert-shape.ts';
import { type AlertJournal, makeMemoryJournal } from '#server/governance/alerts/alert-journal.ts';
import type { WatchedBudget } from '#server/governance/alerts/due-alerts.ts';
import { type Alerts, makeAlerts } from '#server/governance/alerts/make-alerts.ts';
import type { Watch } from '#server/governance/alerts/watch.ts';
import type { Anomaly } from '#server/governance/billing/anomalies.ts';
import type { Budget } from '#server/governance/budgets/budget.ts';
import { silent } from '../../store/builders.ts';
import { aConfigStore } from '../../support/fakes.ts';

export interface Post {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A receiver of webhooks that answers as told, in order; 200 when nothing is left to tell. */
export async function aReceiver(
  ...statuses: number[]
): Promise<{ readonly url: string; readonly posts: Post[] }> {
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

export const noon = Date.UTC(2026, 10, 22, 12);
export const salt = 'salt';

export function aRule(different: Partial<StoredAlert> = {}): StoredAlert {
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

export function aBudget(different: Partial<Budget> = {}): Budget {
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

export function aStand(different: Partial<WatchedBudget> = {}): WatchedBudget {
  return { budget: aBudget(), team: 'search', spent: 0, from: 1, until: 2, expected: null, ...different };
}

/** Alerts over what is told, with a clock in hand. */
export function someAlerts(
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
