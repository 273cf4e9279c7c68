import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { useStatus } from './queries.ts';

/** A key pasted or just created in this tab. In memory only: a reload forgets it. */
const pasted = createStore<{ readonly key: string | null }>(() => ({ key: null }));

export function keepGatewayKey(key: string | null): void {
  pasted.setState({ key });
}

/** The key test requests are sent with: the one of this tab, else the one made at first start; `null` when there is none. */
export function useGatewayKey(): string | null {
  const { data } = useStatus();
  const own = useStore(pasted, (state) => state.key);
  return own ?? data?.firstKey ?? null;
}
