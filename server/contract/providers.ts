import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { Nothing } from './shapes.ts';

/** One key of a provider, masked. */
export const ProviderKey = z.strictObject({
  /** First and last characters: `sk-p…9aBc`; `…` for a short one. */
  label: z.string(),
  weight: z.number(),
  state: z.enum(['ready', 'cooling', 'refused']),
  /** ISO 8601; when it is tried again. `null` when it is ready. */
  until: z.string().nullable(),
  /** Why it is not ready; empty when it is. */
  reason: z.string(),
});
export type ProviderKey = z.output<typeof ProviderKey>;

export const ProviderSummary = z.strictObject({
  id: z.string(),
  /** `openai`, `anthropic`, `openai-compatible`, `gemini`, …; `sandbox` for the simulated one. */
  kind: z.string(),
  /** `groq`, `ollama`, …; `null` where none is used. */
  preset: z.string().nullable(),
  /** Empty for the sandbox. */
  baseUrl: z.string(),
  /** Wire formats that go through unchanged; others are translated. */
  dialects: z.array(z.string()),
  /** `file`: the config file; `environment`: its own variable; `waybill`: the sandbox. */
  origin: z.enum(['file', 'environment', 'waybill']),
  /** `refused` and `cooling` when all its keys are. */
  state: z.enum(['ready', 'cooling', 'refused']),
  /** Empty for a provider that asks for none. */
  keys: z.array(ProviderKey),
});
export type ProviderSummary = z.output<typeof ProviderSummary>;

export const KeyCheck = z.strictObject({
  /** Masked; empty for a provider that asks for no key. */
  key: z.string(),
  /** `ok`: it answered; `refused`: it answered no; `unreachable`: it did not answer, or with no answer of its API. */
  state: z.enum(['ok', 'refused', 'unreachable']),
  /** HTTP status; `null` when there was no answer. */
  status: z.number().int().nullable(),
  /** The provider's own words, or why there are none; empty when it is fine. */
  message: z.string(),
  latencyMs: z.number(),
});
export type KeyCheck = z.output<typeof KeyCheck>;

export const listProviders = defineCall({
  method: 'GET',
  path: '/api/providers',
  needs: 'providers.read',
  summary: 'The configured upstreams: kind, address, dialects, and how their keys stand. Keys are masked.',
  params: Nothing,
  query: Nothing,
  body: Nothing,
  response: z.strictObject({ providers: z.array(ProviderSummary) }),
});

export const checkProvider = defineCall({
  method: 'POST',
  path: '/api/providers/:id/check',
  needs: 'providers.manage',
  summary: 'Asks a provider with each of its keys, by a call that costs nothing, whether it would serve.',
  params: z.strictObject({ id: z.string() }),
  query: Nothing,
  body: Nothing,
  response: z.strictObject({
    /** The worst of its keys. */
    state: z.enum(['ok', 'refused', 'unreachable']),
    checks: z.array(KeyCheck),
  }),
});
