import type { ProviderSummary } from '#server/contract/providers.ts';
import { Status, type Tone } from '../look/status.tsx';

const tones: Readonly<Record<ProviderSummary['state'], Tone>> = {
  ready: 'good',
  cooling: 'warn',
  refused: 'bad',
  disabled: 'neutral',
  locked: 'bad',
};

/** How a provider stands, as a dot and a word. */
export function ProviderState({ provider: { state, origin } }: { readonly provider: ProviderSummary }) {
  if (origin === 'waybill') return <Status tone="warn">simulated</Status>;
  return <Status tone={tones[state]}>{state}</Status>;
}
