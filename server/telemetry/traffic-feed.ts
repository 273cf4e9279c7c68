import type { TrafficEvent } from '../contract/index.ts';

type Listener = (event: TrafficEvent) => void;

/** Finished requests as they finish, for the studio's live view. Late listeners miss what was before. */
export interface TrafficFeed {
  /** A request that this gateway finished. */
  publish(event: TrafficEvent): void;
  /** A request that another gateway finished. */
  receive(event: TrafficEvent): void;
  /** Hears of all requests. Answers how to stop. */
  subscribe(listener: Listener): () => void;
  /** Hears of this gateway's own alone. */
  subscribeOwn(listener: Listener): () => void;
}

/** A feed within this process. */
export function makeTrafficFeed(): TrafficFeed {
  const all = new Set<Listener>();
  const own = new Set<Listener>();
  const tell = (listeners: ReadonlySet<Listener>, event: TrafficEvent) => {
    for (const listener of listeners) listener(event);
  };
  const add = (listeners: Set<Listener>, listener: Listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    publish: (event) => {
      tell(all, event);
      tell(own, event);
    },
    receive: (event) => tell(all, event),
    subscribe: (listener) => add(all, listener),
    subscribeOwn: (listener) => add(own, listener),
  };
}
