import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

interface Connection {
  /** `locked`: the server wants the admin token. */
  readonly state: 'online' | 'offline' | 'locked';
  readonly heard: (status: number) => void;
  /** It answered a call that nobody has to be let in for. */
  readonly answered: () => void;
  readonly lost: () => void;
}

/** Whether the server answers, as the last call found it. Every call and the live feed tell it. */
export const connection = createStore<Connection>((set, get) => ({
  state: 'online',
  heard: (status) => {
    const state = status === 401 ? 'locked' : 'online';
    if (get().state !== state) set({ state });
  },
  answered: () => {
    if (get().state === 'offline') set({ state: 'online' });
  },
  lost: () => {
    if (get().state !== 'offline') set({ state: 'offline' });
  },
}));

export function useConnectionState(): Connection['state'] {
  return useStore(connection, (one) => one.state);
}
