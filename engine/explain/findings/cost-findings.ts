import type { Diagnostic, NodeId, PolicyNode } from '../../nodes/index.ts';
import { compilePolicy } from '../../plan/index.ts';
import type { Policy } from '../../policy/index.ts';
import { showMs, showNanoUsd } from '../show-figures.ts';
import type { FindingFacts } from './findings-facts.ts';
import { costAt, everyday, type WorstCase, worstCase } from './worst-case.ts';

/** More than this for one request deserves a second look. */
const bounds = { attempts: 6, ms: 1_800_000, nanoUsd: 1e9 } as const;

/** Requests that may try too much, take too long or cost too much, and cascades that never pay. */
export function costFindings(policy: Policy, facts: FindingFacts): readonly Diagnostic[] {
  const cascades = Object.entries(policy.nodes).flatMap(([id, node]) =>
    node.kind === 'cascade' ? cascadeFindings(policy, id, node, facts) : [],
  );
  return [...worstFindings(policy, facts), ...cascades];
}

function worstFindings(
  policy: Policy,
  { models, pools, defaultAttemptMs }: FindingFacts,
): readonly Diagnostic[] {
  const hasPools = Object.values(policy.nodes).some(({ kind }) => kind === 'pool');
  if (hasPools && models === undefined && pools === undefined) return [];
  const compiled = compilePolicy(policy, { models, pools });
  if (compiled.kind === 'bad' || policy.entry === null) return [];
  const worst = worstCase(compiled.plan, models, {
    ...everyday,
    attemptMs: defaultAttemptMs ?? null,
    candidates: 'cheapest',
  });
  const place = { node: policy.entry, severity: 'warning' } as const;
  return describeWorst(worst).map((finding) => ({ ...place, ...finding }));
}

function describeWorst({
  attempts,
  ms,
  costNanoUsd,
}: WorstCase): readonly Pick<Diagnostic, 'code' | 'message' | 'hint'>[] {
  const { inputTokens, outputTokens } = everyday;
  return [
    ...(attempts > bounds.attempts
      ? [
          {
            code: 'attempts_many',
            message: `A request may be tried ${attempts} times before it fails.`,
            hint: 'Try fewer models one after another, or give the fallback a retry budget.',
          } as const,
        ]
      : []),
    ...(ms !== null && ms > bounds.ms
      ? [
          {
            code: 'time_long',
            message: `A request may take up to ${showMs(ms)} before it fails.`,
            hint: 'Give the fallback a deadline for all tries.',
          } as const,
        ]
      : []),
    ...(costNanoUsd !== null && costNanoUsd > bounds.nanoUsd
      ? [
          {
            code: 'cost_high',
            message: `A request of ${inputTokens} tokens in and ${outputTokens} out may cost ${showNanoUsd(costNanoUsd)} or more, were every try billed.`,
            hint: 'Try fewer or cheaper models.',
          } as const,
        ]
      : []),
  ];
}

/** A judge reads request and answer and says little; escalating is what it would save. */
function cascadeFindings(
  policy: Policy,
  id: NodeId,
  { accept, then: next }: Extract<PolicyNode, { kind: 'cascade' }>,
  { models }: FindingFacts,
): readonly Diagnostic[] {
  const target = next === null ? undefined : targetOf(policy.nodes[next]);
  const { judge } = accept;
  if (judge === undefined || target === undefined) return [];
  const judging = costAt(judge.target, models, {
    inputTokens: everyday.inputTokens + everyday.outputTokens,
    outputTokens: 100,
  });
  const asking = costAt(target, models, everyday);
  if (judging === null || asking === null || judging < asking) return [];
  return [
    {
      code: 'judge_dear',
      severity: 'warning',
      node: id,
      field: 'accept.judge.target',
      message: `Asking ${judge.target} whether an answer will do (about ${showNanoUsd(judging)}) costs as much as asking ${target} straight away (about ${showNanoUsd(asking)}), so this cascade never pays.`,
      hint: 'Choose a cheaper judge, or ask the better model at once.',
    },
  ];
}

function targetOf(node: PolicyNode | undefined): string | undefined {
  return node?.kind === 'model' ? node.target : undefined;
}
