import { type LiveState, noLiveState, readSignal, type Signals, withSignals } from '#engine/signals/index.ts';
import type { Context } from '../context.ts';

/** Where nobody says who can be called, everybody can: a try without an installation decides as if all keys were there. */
const everybody = noLiveState(['*']);
const nothingKnown = noLiveState();

/** What is known at the moment of deciding, whoever asks. */
export function liveStateOf({ live }: Partial<Pick<Context, 'live'>>): LiveState {
  return live === undefined ? everybody : { ...nothingKnown, health: live.health.snapshot() };
}

/** The signals with what is remembered of their conversation. */
export function recallSession(signals: Signals, at: number, { live }: Pick<Context, 'live'>): Signals {
  const { target, warmTokens, idleSeconds } = live.sessions.look(readSignal(signals, 'session.id') ?? '', at);
  if (target === '') return signals;
  return withSignals(signals, {
    'session.target': target,
    'session.warm_tokens': warmTokens,
    'session.idle_seconds': idleSeconds,
  });
}
