import { z } from 'zod';
import { AlertDelivery, AlertId, alertFields } from './alert-shape.ts';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

export const AlertView = z.strictObject({
  id: z.string(),
  ...alertFields,
  revision: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type AlertView = z.output<typeof AlertView>;

export const listAlerts = defineCall({
  method: 'GET',
  path: '/api/alerts',
  needs: 'budgets.read',
  summary: 'Alert rules, and the last 200 alerts with what became of their delivery.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ alerts: z.array(AlertView), deliveries: z.array(AlertDelivery) }),
});

export const writeAlert = defineCall({
  method: 'PUT',
  path: '/api/alerts/:id',
  needs: 'alerts.manage',
  summary:
    'Makes or changes an alert rule. A new one answers the secret its deliveries are signed with, once. Deliveries carry x-waybill-signature: t=<seconds>,v1=<hex HMAC-SHA256 of "<t>.<body>">.',
  params: z.strictObject({ id: AlertId }),
  query: Nothing,
  body: z.strictObject({ ...alertFields, revision: z.number().int().min(0) }),
  response: AlertView.extend({ signingSecret: z.string().nullable() }),
});

export const deleteAlert = defineCall({
  method: 'DELETE',
  path: '/api/alerts/:id',
  needs: 'alerts.manage',
  summary: 'Takes an alert rule away. Its deliveries that wait are not sent any more.',
  params: z.strictObject({ id: z.string() }),
  query: Nothing,
  body: Nothing,
  response: Nothing,
});

export const testAlert = defineCall({
  method: 'POST',
  path: '/api/alerts/:id/test',
  needs: 'alerts.manage',
  summary: 'Sends a signed test delivery of a rule at once and answers what became of it.',
  params: z.strictObject({ id: z.string() }),
  query: Nothing,
  body: Nothing,
  response: AlertDelivery,
});
