import type { Diagnostic, PoolCandidates } from '../nodes/index.ts';
import { checkPolicy, hasErrors, type Policy, semanticHash, type TargetView } from '../policy/index.ts';
import { placeNodes } from './place-nodes.ts';
import type { Plan } from './plan.ts';
import { classifiersIn, limitsIn } from './plan-needs.ts';
import { type ModelFacts, resolvePools } from './resolve-pools.ts';

export type Compiled =
  | { readonly kind: 'ok'; readonly plan: Plan; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'bad'; readonly diagnostics: readonly Diagnostic[] };

/** What a policy is compiled against. A policy without pools needs none of it. */
export interface World {
  /** For the diagnostics of models. */
  readonly targets?: TargetView | undefined;
  /** The candidates a published version was made with. They come before `models`. */
  readonly pools?: PoolCandidates | undefined;
  /** Where candidates are looked up if the version keeps none. */
  readonly models?: ModelFacts | undefined;
}

/**
 * Policy → plan, or why not. Warnings come along with the plan. Never throws for a policy that could be read, but for a
 * policy with pools in a world without `pools` and `models`: that is the caller's mistake, not the author's.
 */
export function compilePolicy(policy: Policy, world: World = {}): Compiled {
  const diagnostics = checkPolicy(policy, world.targets);
  if (hasErrors(diagnostics) || policy.entry === null) return { kind: 'bad', diagnostics };
  const { nodes, entry } = placeNodes(policy, policy.entry, candidatesIn(policy, world));
  return {
    kind: 'ok',
    plan: Object.freeze({
      policy: policy.id,
      hash: semanticHash(policy),
      nodes: Object.freeze(nodes),
      entry,
      limits: limitsIn(policy),
      classifiers: classifiersIn(policy),
    }),
    diagnostics,
  };
}

/** Kept candidates first; a pool that a version does not know of (an older release made it) is looked up. */
function candidatesIn(policy: Policy, { pools, models }: World): PoolCandidates {
  const missing = Object.entries(policy.nodes).some(
    ([id, node]) => node.kind === 'pool' && (pools === undefined || !Object.hasOwn(pools, id)),
  );
  if (!missing) return pools ?? {};
  if (models === undefined)
    throw new Error(`Policy "${policy.id}" has pools; it needs a catalogue to be compiled.`);
  return { ...resolvePools(policy, models), ...pools };
}
