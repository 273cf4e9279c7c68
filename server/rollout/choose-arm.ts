import { stickyPoint } from '#engine/nodes/split/sticky-point.ts';
import { readSignal, type Signals } from '#engine/signals/index.ts';

/**
 * Whether a request is among the share that a candidate serves. A conversation stays on its side, else a user does, else
 * chance decides request by request; a share that rises keeps whom it had.
 */
export function servesCandidate(alias: string, share: number, signals: Signals): boolean {
  if (share >= 1) return true;
  const session = readSignal(signals, 'session.id');
  const user = readSignal(signals, 'caller.user');
  const sticky = session || user;
  if (!sticky) return (readSignal(signals, 'draw') ?? 0) < share;
  return stickyPoint(`rollout ${alias}`, sticky) < share;
}
