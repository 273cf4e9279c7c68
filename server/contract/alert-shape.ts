import { z } from 'zod';

/** What an alert watches. */
export const AlertTrigger = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('budget'),
    /** Id of a budget; `*`: every budget. */
    budget: z.string().min(1),
    /** Shares of the budget: 0.8 is 80 %. */
    at: z
      .array(z.number().gt(0, 'must be more than 0').max(10, 'must be at most 10, which is 1,000 %'))
      .max(10, 'must be at most ten shares')
      .default([0.8, 1]),
    /** Also when the forecast says that the window will end over the budget. */
    forecast: z.boolean().default(true),
  }),
  z.strictObject({
    kind: z.literal('anomaly'),
    /** Spend of one team; `null`: of everybody. */
    team: z.string().nullable().default(null),
  }),
]);
export type AlertTrigger = z.output<typeof AlertTrigger>;

const WebhookUrl = z
  .string()
  .refine(isWebhookUrl, 'must be an address such as https://hooks.example.com/waybill, without a user name');

/** A rule as it is written and kept. */
export const alertFields = {
  name: z.string().min(1).max(120),
  trigger: AlertTrigger,
  /** Where deliveries go; `null`: they only stand in the list. */
  url: WebhookUrl.nullable(),
  enabled: z.boolean().default(true),
} as const;

export const AlertId = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'must be a lower-case letter, then letters, digits, - or _');

/** A rule in the store. The secret its deliveries are signed with is made from `nonce` and the installation's salt. */
export const StoredAlert = z.strictObject({
  id: AlertId,
  ...alertFields,
  nonce: z.string(),
  revision: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type StoredAlert = z.output<typeof StoredAlert>;

/** What happened, as webhooks are told. */
export const alertEvents = ['budget.threshold', 'budget.forecast', 'spend.anomaly', 'test'] as const;

/** One alert that fired, and what became of telling of it. */
export const AlertDelivery = z.strictObject({
  id: z.string(),
  rule: z.string(),
  event: z.enum(alertEvents),
  /** A sentence for people. */
  text: z.string(),
  /** Team it is about; `null`: the whole organisation. */
  team: z.string().nullable(),
  /** ISO 8601. */
  at: z.string(),
  url: z.string().nullable(),
  /** `listed`: there is no address to send it to. */
  status: z.enum(['waiting', 'delivered', 'given_up', 'listed']),
  attempts: z.number().int(),
  /** When it is tried next; `null` when it is not. */
  nextAt: z.string().nullable(),
  /** Answer of the last attempt, or what went wrong. */
  lastAnswer: z.string(),
});
export type AlertDelivery = z.output<typeof AlertDelivery>;

function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}
