import type { Usage } from '../../catalogue/index.ts';
import { RecentMap } from '../../recent-map.ts';
import type { SessionState } from '../../signals/index.ts';

/** How a target's vendor caches prompts, as the catalogue says; `null` when nobody knows. */
export type Caching = 'automatic' | 'explicit' | 'none' | null;

/** A turn that was served. */
export interface ServedTurn {
  readonly session: string;
  readonly target: string;
  readonly usage: Usage | null;
  readonly caching: Caching;
  /** When it ended, ms since 1970. */
  readonly at: number;
}

interface Remembered {
  readonly target: string;
  readonly warmTokens: number;
  readonly warmUntil: number;
  readonly at: number;
}

const fiveMinutes = 5 * 60_000;
const oneHour = 60 * 60_000;
/** The shortest prompt that OpenAI caches by itself (its guide to prompt caching, 2026). */
const shortestCached = 1_024;
const nowhere: SessionState = Object.freeze({ target: '', warmTokens: 0, idleSeconds: 0 });

/**
 * Where conversations were served last, and what the prompt cache there should still hold. Only hashes and counts; the
 * oldest conversations are forgotten first.
 */
export class SessionMemory {
  readonly #sessions: RecentMap<string, Remembered>;

  /** @param most Conversations that are remembered for certain: the latest. */
  constructor(most = 100_000) {
    this.#sessions = new RecentMap(most);
  }

  /** What is known of a session at `now`. */
  look(session: string, now: number): SessionState {
    const known = this.#sessions.get(session);
    if (known === undefined) return nowhere;
    const { target, warmTokens, warmUntil, at } = known;
    return {
      target,
      warmTokens: now < warmUntil ? warmTokens : 0,
      idleSeconds: Math.max(0, Math.round((now - at) / 100) / 10),
    };
  }

  /** Notes a turn. One that was served elsewhere takes the place of the last: what is warm there grows cold unseen. */
  remember({ session, target, usage, caching, at }: ServedTurn): void {
    if (session === '') return;
    const warmTokens = usage === null ? 0 : cachedTokens(usage, caching);
    const ttl = (usage?.cacheWrite1hTokens ?? 0) > 0 ? oneHour : fiveMinutes;
    this.#sessions.set(session, { target, warmTokens, warmUntil: at + ttl, at });
  }
}

/** Tokens a cache holds after a call: those the provider says it read or wrote, else all where it caches by itself. */
function cachedTokens(usage: Usage, caching: Caching): number {
  const told = usage.cacheReadTokens + usage.cacheWrite5mTokens + usage.cacheWrite1hTokens;
  if (caching !== 'automatic') return told;
  const prompt = told + usage.inputTokens;
  return prompt >= shortestCached ? prompt - (prompt % 128) : 0;
}
