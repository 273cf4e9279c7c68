import type { Dropped } from '../dropped.ts';
import type { Fields } from '../fields.ts';
import type { ServiceTier } from '../neutral.ts';

const tiers: Readonly<Record<string, ServiceTier>> = {
  auto: 'auto',
  default: 'standard',
  flex: 'flex',
  priority: 'priority',
  scale: 'scale',
};

/** `service_tier`, as both of OpenAI's APIs call it. */
export function readTier(fields: Fields, dropped: Dropped): ServiceTier | undefined {
  const tier = fields.text('service_tier');
  if (tier === undefined) return undefined;
  const read = tiers[tier];
  if (read === undefined) dropped.add('service_tier');
  return read;
}
