import {
  canMeet,
  type Diagnostic,
  kindOf,
  type NodeId,
  type PolicyNode,
  type PreparedPool,
  preparePool,
} from '../../nodes/index.ts';
import { resolvePools } from '../../plan/index.ts';
import type { Policy } from '../../policy/index.ts';
import { exclusionWords } from '../pool-words.ts';
import { type CertainNeeds, certainNeeds, lackOf } from './certain-needs.ts';
import type { FindingFacts } from './findings-facts.ts';
import type { Flow } from './flow.ts';

/** Models and pools that can never take what reaches them; pools with nobody to call; models that are going away. */
export function capabilityFindings(policy: Policy, flow: Flow, facts: FindingFacts): readonly Diagnostic[] {
  const pools = preparedPools(policy, facts);
  return flow.order.flatMap((id): readonly Diagnostic[] => {
    const node = policy.nodes[id];
    const reached = flow.nodes.get(id);
    if (node === undefined || reached === undefined) return [];
    const needs = certainNeeds(reached);
    if (node.kind === 'model') return modelFindings(id, node.target, needs, facts);
    const pool = pools.get(id);
    return pool === undefined
      ? []
      : poolFindings(id, pool, needs, facts.models?.providerOf !== undefined || facts.pools !== undefined);
  });
}

/** The pools of a policy as far as their candidates are known. */
export function preparedPools(policy: Policy, facts: FindingFacts): ReadonlyMap<NodeId, PreparedPool> {
  const { models } = facts;
  const candidates = facts.pools ?? (models === undefined ? undefined : resolvePools(policy, models));
  if (candidates === undefined) return new Map();
  return new Map(
    Object.entries(policy.nodes).flatMap(([id, node]) =>
      node.kind === 'pool'
        ? [[id, preparePool(settingsOf(node, id), candidates[id] ?? [], false)] as const]
        : [],
    ),
  );
}

function settingsOf(node: Extract<PolicyNode, { kind: 'pool' }>, id: NodeId) {
  const compiled = kindOf(node).compile(node, id);
  if (compiled.kind !== 'pool') throw new Error(`Node "${id}" is no pool.`);
  return compiled.settings;
}

function modelFindings(
  node: NodeId,
  target: string,
  needs: CertainNeeds,
  { models }: FindingFacts,
): readonly Diagnostic[] {
  const model = models?.catalogue.find(target);
  if (model === undefined) return [];
  const lack = lackOf(model, needs);
  const place = { node, field: 'target', severity: 'warning' } as const;
  return [
    ...(lack === undefined
      ? []
      : [
          {
            ...place,
            code: 'capability_dead_end',
            message: `${target} can take nothing that gets here: every request ${lack}.`,
            hint: 'Choose another model, or lead these requests elsewhere.',
          } as const,
        ]),
    ...(model.deprecated
      ? [
          {
            ...place,
            code: 'model_deprecated',
            message: `${target} is deprecated: its provider will stop serving it.`,
            hint: 'Choose its successor.',
          } as const,
        ]
      : []),
  ];
}

function poolFindings(
  node: NodeId,
  pool: PreparedPool,
  needs: CertainNeeds,
  isPlaced: boolean,
): readonly Diagnostic[] {
  const { candidates, excluded } = pool;
  const byPlace = excluded.some((reason) => reason === 'retention' || reason === 'region');
  // Where providers are and what they keep is for the configuration to say.
  if (byPlace && !isPlaced) return [];
  if (excluded.every((reason) => reason !== null)) return [nobodyToCall(node, pool, byPlace)];
  if (candidates.some((_, index) => canMeet(pool, index, needs.needs, needs.inputTokens))) return [];
  return [
    {
      code: 'capability_dead_end',
      severity: 'error',
      node,
      field: 'candidates',
      message: `No candidate can take what gets here: every request ${needs.needs.length > 0 ? `needs ${needs.needs.join(' and ').replaceAll('_', ' ')}` : `has ${needs.inputTokens} tokens or more`}.`,
      hint: 'Add candidates that can, or lead these requests elsewhere.',
    },
  ];
}

/** An error, unless the configuration alone could mend it. */
function nobodyToCall(node: NodeId, { candidates, excluded }: PreparedPool, byPlace: boolean): Diagnostic {
  const [standing = null] = excluded;
  const why =
    standing === null
      ? 'No known model fits its patterns.'
      : `Of ${candidates.length} candidates every one is out: the first ${exclusionWords[standing]}.`;
  return {
    code: 'pool_no_candidate',
    severity: byPlace ? 'warning' : 'error',
    node,
    field: byPlace ? 'require' : 'candidates',
    message: `This pool has nobody to call. ${why}`,
    hint: byPlace
      ? 'State retention and region of the providers in the configuration, or name other models.'
      : 'Name other models, or require less.',
  };
}
