import type { TrafficEvent } from '../contract/index.ts';

/** Finished requests as they finish, for the studio's live view. Late listeners miss what was before. */
export interface TrafficFeed {
  publish(event: TrafficEvent): void;
  subscribe(listener: (event: TrafficEvent) => void): () => void;
}

/** A feed within this process. */
export function makeTrafficFeed(): TrafficFeed {
  const listeners = new Set<(event: TrafficEvent) => void>();
  return {
    publish: (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
