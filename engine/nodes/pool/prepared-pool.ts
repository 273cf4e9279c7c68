import type { Candidate } from './candidate.ts';
import { abilitiesOf, standingExclusion } from './capability.ts';
import type { PoolSettings } from './pool-settings.ts';

/** A pool with all that can be said before a request comes. */
export interface PreparedPool {
  readonly settings: PoolSettings;
  readonly candidates: readonly Candidate[];
  /** Images are left out before they get here, so they ask nothing of a candidate. */
  readonly stripsImages: boolean;
  /** By candidate: why it can take no request here. */
  readonly excluded: readonly ReturnType<typeof standingExclusion>[];
  /** By candidate: the needs it can meet, as bits. */
  readonly abilities: Uint8Array;
  /** Indexes of candidates that are deployments of one model, where there are several. */
  readonly deployments: readonly (readonly number[])[];
}

export function preparePool(
  settings: PoolSettings,
  candidates: readonly Candidate[],
  stripsImages: boolean,
): PreparedPool {
  return Object.freeze({
    settings,
    candidates,
    stripsImages,
    excluded: candidates.map((candidate) => standingExclusion(candidate, settings)),
    abilities: Uint8Array.from(candidates, abilitiesOf),
    deployments: deploymentsAmong(candidates),
  });
}

function deploymentsAmong(candidates: readonly Candidate[]): readonly (readonly number[])[] {
  const byModel = new Map<string, number[]>();
  for (const [index, { model }] of candidates.entries()) {
    const group = byModel.get(model);
    if (group === undefined) byModel.set(model, [index]);
    else group.push(index);
  }
  return [...byModel.values()].filter((group) => group.length > 1);
}
