import { z } from 'zod';
import { providerKinds } from '../providers/kinds.ts';
import { presetNames } from '../providers/presets.ts';

/** One credential of a provider. The secret is only here in its seal. */
export const StoredProviderKey = z.strictObject({
  id: z.string(),
  /** Masked: `sk-p…9aBc`. */
  label: z.string(),
  sealed: z.string(),
  weight: z.number(),
  addedAt: z.string(),
  addedBy: z.string(),
});
export type StoredProviderKey = Readonly<z.output<typeof StoredProviderKey>>;

/** A provider that was made in the studio. */
export const StoredProvider = z.strictObject({
  id: z.string(),
  kind: z.enum(providerKinds),
  preset: z.enum(presetNames).nullable(),
  /** Empty: that of its kind, preset or region. */
  baseUrl: z.string(),
  apiVersion: z.string().nullable(),
  awsRegion: z.string().nullable(),
  retention: z.enum(['zero', 'retains', 'unknown']),
  region: z.string().nullable(),
  models: z.array(z.strictObject({ id: z.string(), context: z.number().nullable() })),
  keys: z.array(StoredProviderKey),
  disabled: z.boolean(),
  revision: z.number().int(),
  updatedAt: z.string(),
  updatedBy: z.string(),
});
export type StoredProvider = Readonly<z.output<typeof StoredProvider>>;
