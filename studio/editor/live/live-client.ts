import type { Policy } from '#engine/policy/index.ts';
import type { SessionResult } from '#engine/simulate/index.ts';
import type { LiveAnswer, LiveQuestion } from './live-messages.ts';

/** The simulation thread of the page: the latest question is answered, those it overtook are not. */
export interface LiveClient {
  readonly ask: (policy: Policy) => void;
  readonly close: () => void;
}

/** As much of a thread as is needed. */
export interface LiveThread {
  readonly post: (question: LiveQuestion) => void;
  readonly listen: (onAnswer: (answer: LiveAnswer) => void, onFailure: () => void) => void;
  readonly end: () => void;
}

export interface LiveClientOptions {
  readonly thread: LiveThread;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly onResult: (result: SessionResult) => void;
  /** Whether answers come from here, or only from the server. */
  readonly onState: (state: 'open' | 'closed') => void;
}

export function openLiveClient({ thread, url, headers, onResult, onState }: LiveClientOptions): LiveClient {
  let state: 'opening' | 'idle' | 'busy' | 'closed' = 'opening';
  let waiting: Policy | null = null;
  let nextId = 0;
  const next = () => {
    if (state !== 'idle' || waiting === null) return;
    state = 'busy';
    thread.post({ kind: 'ask', id: nextId++, policy: waiting });
    waiting = null;
  };
  const end = () => {
    if (state === 'closed') return;
    state = 'closed';
    onState('closed');
  };
  thread.listen((data) => {
    if (data.kind === 'closed') return end();
    if (data.kind === 'opened') onState('open');
    if (data.kind === 'told') onResult(data.result);
    if (state !== 'closed') state = 'idle';
    next();
  }, end);
  thread.post({ kind: 'open', url, headers });
  return {
    ask: (policy) => {
      waiting = policy;
      next();
    },
    close: () => {
      state = 'closed';
      thread.end();
    },
  };
}
