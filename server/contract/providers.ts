import { z } from 'zod';
import { defineCall } from './define-call.ts';
import { NewProviderKey, ProviderId, providerFields } from './provider-shape.ts';
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
  /** What whoever answers there publishes about keeping prompts; `null`: not known, which counts as keeping. */
  terms: z.strictObject({ keeps: z.string(), source: z.string(), readOn: z.string() }).nullable(),
  /** Wire formats that go through unchanged; others are translated. */
  dialects: z.array(z.string()),
  /** `file`: the config file; `environment`: its own variable; `waybill`: the sandbox. */
  origin: z.enum(['file', 'environment', 'studio', 'waybill']),
  /** `refused` and `cooling` when all its keys are; `locked`: its keys cannot be opened with the master key that is here. */
  state: z.enum(['ready', 'cooling', 'refused', 'disabled', 'locked']),
  /** Empty for a provider that asks for none. */
  keys: z.array(ProviderKey),
  /** Models that can be named there: of the catalogue, and stated with it. */
  models: z.number().int(),
  /** With one that was made in the studio: what it was made of; `null` for others. */
  stored: z
    .strictObject({
      ...providerFields,
      baseUrl: z.string(),
      kind: z.string(),
      revision: z.number().int(),
      updatedAt: z.string(),
      updatedBy: z.string(),
      keys: z.array(
        z.strictObject({
          id: z.string(),
          label: z.string(),
          weight: z.number(),
          addedAt: z.string(),
          addedBy: z.string(),
        }),
      ),
    })
    .nullable(),
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
  response: z.strictObject({
    providers: z.array(ProviderSummary),
    /** What can be added: a kind, or a preset of one. */
    choices: z.array(
      z.strictObject({
        kind: z.string(),
        preset: z.string().nullable(),
        title: z.string(),
        /** What it is called unless one says otherwise. */
        id: z.string(),
        /** `null`: it has to be said. */
        baseUrl: z.string().nullable(),
        /** A server on one's own machine or network, which asks for no key. */
        ownServer: z.boolean(),
      }),
    ),
    /** Addresses of this machine and its networks may be called by providers that are made here. */
    privateAllowed: z.boolean(),
  }),
});

const ProviderParams = z.strictObject({ id: ProviderId });
const Revision = z.number().int().min(0);

export const writeProvider = defineCall({
  method: 'PUT',
  path: '/api/providers/:id',
  needs: 'providers.manage',
  summary:
    'Makes, changes, disables or enables a provider; it holds for the next request. Keys are given with a new one, and changed by calls of their own.',
  params: ProviderParams,
  query: Nothing,
  body: z.strictObject({
    ...providerFields,
    /** For a new provider only. */
    keys: z.array(NewProviderKey).max(50).default([]),
    /** The revision this was made from; 0 for a new one. */
    revision: Revision,
  }),
  response: ProviderSummary,
});

export const deleteProvider = defineCall({
  method: 'DELETE',
  path: '/api/providers/:id',
  needs: 'providers.manage',
  summary: 'Takes a provider and its keys away. Calls that run on it run on.',
  params: ProviderParams,
  query: Nothing,
  body: Nothing,
  response: Nothing,
});

export const addProviderKey = defineCall({
  method: 'POST',
  path: '/api/providers/:id/keys',
  needs: 'providers.manage',
  summary: 'Adds a key to a provider, encrypted; no call answers it again.',
  params: ProviderParams,
  query: Nothing,
  body: NewProviderKey,
  response: ProviderSummary,
});

export const removeProviderKey = defineCall({
  method: 'DELETE',
  path: '/api/providers/:id/keys/:key',
  needs: 'providers.manage',
  summary: 'Takes a key of a provider away.',
  params: z.strictObject({ id: ProviderId, key: z.string() }),
  query: Nothing,
  body: Nothing,
  response: ProviderSummary,
});

export const rotateProviderKeys = defineCall({
  method: 'POST',
  path: '/api/providers/:id/keys/rotate',
  needs: 'providers.manage',
  summary: 'Puts one new key in the place of all that a provider has. Calls that run keep theirs.',
  params: ProviderParams,
  query: Nothing,
  body: NewProviderKey,
  response: ProviderSummary,
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
