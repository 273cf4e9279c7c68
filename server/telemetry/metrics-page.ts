import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';
import { isLoopback } from '../config/config.ts';
import { ApiFailure } from '../errors.ts';
import type { Telemetry } from './telemetry.ts';

/**
 * `GET /metrics`. Names of teams and budgets are on it, so it is open to this machine only, or to bearers of
 * WAYBILL_METRICS_TOKEN or WAYBILL_ADMIN_TOKEN as soon as one is set.
 */
export function metricsPage(
  telemetry: Telemetry,
  { metricsToken, adminToken }: { readonly metricsToken: string | null; readonly adminToken: string | null },
): RequestHandler {
  const tokens = [metricsToken, adminToken].filter((token) => token !== null);
  return async (request, response) => {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const local = tokens.length === 0 && isLoopback(request.hostname);
    if (!local && !tokens.map((token) => isSame(bearer, token)).includes(true)) {
      throw new ApiFailure(
        401,
        'not_authenticated',
        'Metrics need WAYBILL_METRICS_TOKEN as "Authorization: Bearer <token>"; without that setting they are open to this machine.',
      );
    }
    const { contentType, body } = await telemetry.text();
    response.set('content-type', contentType).set('cache-control', 'no-store').send(body);
  };
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [left, right].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
