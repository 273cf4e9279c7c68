import { nearest } from '#engine/nearest.ts';
import type { TargetView } from '#engine/policy/index.ts';
import { idsOf } from './pool-candidates.ts';

/** The columns of the catalogue that decide whether a target is right. */
export interface KnownModel {
  readonly id: string;
  readonly priceInput: number | null;
  readonly served: 'provider' | 'sandbox' | 'none';
}

/** The catalogue as the checker asks for it. */
export function targetViewOf(byId: ReadonlyMap<string, KnownModel>): TargetView {
  return {
    stateOf: (target) => {
      const model = byId.get(target);
      if (model === undefined) return 'unknown';
      if (model.served === 'none') return 'unreachable';
      return model.priceInput === null ? 'unpriced' : 'known';
    },
    match: (pattern) => idsOf(pattern, byId),
    suggest: (target) => nearest(target, [...byId.keys()]),
  };
}
