import type { NamedSignals } from '#engine/signals/index.ts';
import { cacheLifeMs, smallestCachedPrefix } from './profile.ts';
import type { Turn } from './sessions.ts';

/** What the gateway would remember of conversations: where they were served, and how they began. */
export interface SessionMemory {
  /** The signals of a turn that follow from the turns before it. */
  recall(turn: Turn): NamedSignals;
  /** `target` is empty where nobody answered. */
  remember(turn: Turn, target: string, totalMs: number): void;
}

interface Memory {
  readonly target: string;
  readonly endedAt: number;
  readonly inputTokens: number;
}

const boundariesKept = 7;

export function makeSessionMemory(): SessionMemory {
  const served = new Map<string, Memory>();
  const lengths = new Map<string, number[]>();
  return {
    recall: (turn) => {
      const before = served.get(turn.session);
      const idleMs = before === undefined ? 0 : Math.max(0, turn.at - before.endedAt);
      return {
        'session.prefix_hashes': boundariesOf(turn, lengths.get(turn.session) ?? []),
        'session.target': before?.target ?? '',
        'session.idle_seconds': Math.round(idleMs) / 1_000,
        'session.warm_tokens': before === undefined ? 0 : warmTokens(turn, before, idleMs),
      };
    },
    remember: (turn, target, totalMs) => {
      lengths.set(turn.session, [...(lengths.get(turn.session) ?? []), turn.inputTokens]);
      if (target === '') return;
      const { at, inputTokens } = turn;
      served.set(turn.session, { target, endedAt: at + totalMs, inputTokens });
    },
  };
}

function warmTokens(turn: Turn, before: Memory, idleMs: number): number {
  const tokens = Math.min(turn.prefixTokens, before.inputTokens);
  return idleMs <= cacheLifeMs && tokens >= smallestCachedPrefix ? tokens : 0;
}

/** One boundary a turn; its hash is the session's with the turn's number in it. */
function boundariesOf(turn: Turn, before: readonly number[]): readonly string[] {
  const ends = [...before, turn.inputTokens].map(
    (tokens, index) => `${turn.session.slice(0, 12)}${index.toString(16).padStart(4, '0')}:${tokens}`,
  );
  return [`${turn.prefix}:${turn.sharedTokens}`, ...ends.slice(-boundariesKept)];
}
