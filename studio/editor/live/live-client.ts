import type { Policy } from '#engine/policy/index.ts';
import { isSameMeaning } from '../../document/index.ts';
import type { LiveAnswer, LiveQuestion, LiveTold } from './live-messages.ts';

/** The simulation thread of the page: the latest question is answered, those it overtook are not. */
export interface LiveClient {
  /** Sent at once where the thread is idle. What means the same as the question before is not asked again. */
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
  readonly onTold: (told: LiveTold) => void;
  /** Whether answers come from here, or only from the server. */
  readonly onState: (state: 'open' | 'closed') => void;
}

export function openLiveClient({ thread, url, headers, onTold, onState }: LiveClientOptions): LiveClient {
  let state: 'opening' | 'idle' | 'busy' | 'closed' = 'opening';
  let latest: Policy | undefined;
  /** What the thread works on, or worked on last. */
  let asked: Policy | undefined;
  const next = () => {
    if (state !== 'idle' || latest === undefined || isSameMeaning(asked, latest)) return;
    state = 'busy';
    asked = latest;
    thread.post({ kind: 'ask', policy: latest });
  };
  const end = () => {
    if (state === 'closed') return;
    state = 'closed';
    onState('closed');
  };
  thread.listen((data) => {
    if (state === 'closed') return;
    if (data.kind === 'closed') return end();
    const answered = asked;
    state = 'idle';
    // The thread goes on with what came meanwhile before the page draws the answer.
    next();
    if (data.kind === 'opened') onState('open');
    if (data.kind === 'told' && answered !== undefined) onTold({ policy: answered, result: data.result });
  }, end);
  thread.post({ kind: 'open', url, headers });
  return {
    ask: (policy) => {
      latest = policy;
      next();
    },
    close: () => {
      state = 'closed';
      thread.end();
    },
  };
}
