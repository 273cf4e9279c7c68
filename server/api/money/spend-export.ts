import { once } from 'node:events';
import type { RequestHandler } from 'express';
import { may, SpendExportQuery } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { dayOf, scopeOf } from '../../governance/billing/ask-spend.ts';
import { exportSpend } from '../../governance/billing/export-rows.ts';
import { principalOf } from '../actor.ts';
import type { Installation } from '../installation.ts';
import { requireWindow } from './spend.ts';

/**
 * Spend day by day as a file, written as it is read. On record before the first byte. FOCUS files hold real spend unless
 * another origin is asked for: a finance system must not book pretended money.
 */
export function exportSpendFile(installation: Installation): RequestHandler {
  const { log, clock, store } = installation;
  return async (request, response) => {
    const principal = principalOf(response);
    if (!may(principal, 'spend.read')) {
      throw new ApiFailure(
        403,
        'not_permitted',
        'This needs the permission spend.read, which your roles do not have.',
      );
    }
    const asked = readQuery(request.query);
    const scope = scopeOf(
      asked.format === 'focus' && asked.origin === undefined ? { ...asked, origin: 'real' } : asked,
      principal,
      clock(),
    );
    requireWindow(scope);
    await log.flush();
    const { from, to, zone, only, teams } = scope;
    await store.update(
      {
        actor: principal.id,
        action: 'spend.export',
        subject: asked.format,
        before: null,
        after: { from, to, zone, only, teams },
      },
      (state) => state,
    );
    const name = `waybill-${asked.format}-${dayOf(from, zone)}-to-${dayOf(to - 1, zone)}.csv`;
    response.set({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    for await (const piece of exportSpend(log, scope, asked.format)) {
      if (response.destroyed) return;
      if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.end();
  };
}

/** @throws {ApiFailure} `invalid_request`. */
function readQuery(query: unknown): SpendExportQuery {
  const read = SpendExportQuery.safeParse(query);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = ['query', ...(issue?.path ?? []).map(String)].join('.');
  throw new ApiFailure(400, 'invalid_request', `${place}: ${issue?.message ?? 'is not right'}.`);
}
