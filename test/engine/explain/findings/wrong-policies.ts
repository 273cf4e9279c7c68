import type { FindingFacts } from '#engine/explain/index.ts';
import type { Diagnostic, DiagnosticCode } from '#engine/nodes/index.ts';
import { calls } from '../../builders.ts';

/** A policy that is wrong in one way; callers of zero retention are led away before it, unless it is `bare`. */
export interface WrongPolicy {
  readonly code: DiagnosticCode;
  readonly nodes: Readonly<Record<string, unknown>>;
  readonly at: Partial<Diagnostic>;
  readonly bare?: boolean;
  /** Known beside what all of them are looked at with. */
  readonly facts?: FindingFacts;
  /** What follows from it. */
  readonly also?: readonly DiagnosticCode[];
}

const mini = calls('openai/gpt-5-mini');
const good = calls('openai/gpt-5.5');

function asks(cases: readonly (readonly [string, string, string])[], otherwise: string) {
  return { kind: 'condition', cases: cases.map(([id, when, to]) => ({ id, when, to })), else: otherwise };
}

export const wrongPolicies: readonly WrongPolicy[] = [
  {
    code: 'condition_never',
    nodes: {
      a: asks([['x', 'request.input_tokens > 9 && request.input_tokens < 5', 'good']], 'mini'),
      mini,
      good,
    },
    at: { node: 'a', port: 'x', field: 'cases.0.when', severity: 'warning' },
    also: ['branch_unreachable'],
  },
  {
    code: 'condition_never',
    nodes: {
      a: asks([['x', 'request.tools > 3', 'b']], 'mini'),
      b: asks([['y', 'request.tools <= 3', 'mini']], 'good'),
      mini,
      good,
    },
    at: { node: 'b', port: 'y' },
  },
  {
    code: 'condition_always',
    nodes: {
      a: asks([['x', 'caller.team in ["a", "b"]', 'b']], 'mini'),
      b: asks([['y', 'caller.team != "c"', 'good']], 'mini'),
      mini,
      good,
    },
    at: { node: 'b', port: 'y' },
  },
  {
    code: 'case_shadowed',
    nodes: {
      a: asks(
        [
          ['x', 'request.input_tokens > 100', 'mini'],
          ['y', 'request.input_tokens > 1000', 'good'],
        ],
        'good',
      ),
      mini,
      good,
    },
    at: { node: 'a', port: 'y', field: 'cases.1.when' },
  },
  {
    code: 'exit_never',
    nodes: {
      a: {
        kind: 'split',
        by: 'draw',
        arms: [
          { id: 'x', share: 0.5, to: 'b' },
          { id: 'y', share: 0.5, to: 'mini' },
        ],
      },
      b: {
        kind: 'split',
        by: 'draw',
        arms: [
          { id: 'x', share: 0.5, to: 'good' },
          { id: 'y', share: 0.5, to: 'mini' },
        ],
      },
      mini,
      good,
    },
    // The last arm takes requests whose draw is unknown, which cannot be here.
    at: { node: 'b', port: 'y' },
  },
  {
    code: 'exits_alike',
    nodes: { a: { kind: 'limit', amount: 5, within: 'mini', over: 'mini' }, mini },
    at: { node: 'a' },
  },
  {
    code: 'capability_dead_end',
    nodes: { a: asks([['x', 'request.tools >= 1', 'blind']], 'mini'), blind: calls('mine/blind'), mini },
    at: { node: 'blind', severity: 'warning' },
  },
  {
    code: 'capability_dead_end',
    nodes: {
      a: asks([['x', 'request.input_tokens > 200000 && request.images > 0', 'best']], 'mini'),
      best: { kind: 'pool', candidates: ['mine/blind'] },
      mini,
    },
    at: { node: 'best', severity: 'error', field: 'candidates' },
  },
  {
    code: 'pool_no_candidate',
    nodes: { best: { kind: 'pool', candidates: ['nobody/*'] } },
    at: { node: 'best', severity: 'error' },
  },
  {
    code: 'pool_no_candidate',
    nodes: { best: { kind: 'pool', candidates: ['openai/gpt-5-*'], floors: { quality: 100 } } },
    at: { node: 'best', severity: 'error' },
  },
  {
    code: 'retention_path',
    bare: true,
    nodes: { best: { kind: 'pool', candidates: ['mine/blind', 'openai/gpt-5-mini'] } },
    at: { node: 'best', field: 'require', severity: 'error' },
  },
  {
    code: 'region_path',
    bare: true,
    nodes: { m: calls('mine/blind') },
    at: { node: 'm', field: 'target', severity: 'error' },
    facts: {
      regionBound: [{ team: 'berlin', key: 'clinic', retention: 'retains', regions: ['eu'] }],
      zeroRetention: [],
    },
  },
  {
    code: 'model_deprecated',
    nodes: { m: calls('mine/old') },
    at: { node: 'm', field: 'target' },
  },
  {
    code: 'fallback_to_itself',
    nodes: { f: { kind: 'fallback', try: ['mini', 'again'] }, mini, again: { ...mini, label: 'Once more' } },
    at: { node: 'f', port: '2', field: 'try.1' },
  },
  {
    code: 'limit_unreachable',
    nodes: {
      all: { kind: 'limit', amount: 50, window: 'hour', within: 'team', over: 'mini' },
      team: { kind: 'limit', amount: 60, per: 'caller.team', window: 'minute', within: 'good', over: 'mini' },
      mini,
      good,
    },
    at: { node: 'team', port: 'over' },
  },
  {
    code: 'judge_dear',
    nodes: {
      c: {
        kind: 'cascade',
        first: 'mini',
        then: 'good',
        accept: { judge: { target: 'openai/gpt-5.5-pro', question: 'Is it right?' } },
      },
      mini,
      good,
    },
    at: { node: 'c', field: 'accept.judge.target' },
  },
  {
    code: 'attempts_many',
    nodes: {
      f: { kind: 'fallback', try: ['one', 'two'], deadline_ms: 60_000 },
      one: { kind: 'pool', candidates: ['openai/gpt-5*', 'google/gemini-2.5-*'], attempts: 5 },
      two: {
        kind: 'pool',
        candidates: ['anthropic/claude-haiku-*', 'mistral/*'],
        attempts: 5,
        objective: 'latency',
      },
    },
    at: { node: 'guard' },
  },
  {
    code: 'time_long',
    nodes: {
      f: { kind: 'fallback', try: ['mini', 'good', 'haiku', 'flash'] },
      mini,
      good,
      haiku: calls('anthropic/claude-haiku-4-5'),
      flash: calls('google/gemini-2.5-flash'),
    },
    at: { node: 'guard' },
  },
  {
    code: 'cost_high',
    nodes: {
      f: { kind: 'fallback', try: ['a', 'b'], deadline_ms: 60_000 },
      a: calls('openai/gpt-5.5-pro'),
      b: calls('openai/o1-pro'),
    },
    at: { node: 'guard' },
  },
  {
    code: 'condition_never',
    nodes: {
      a: asks(
        [
          ['x', 'request.stream && !request.stream', 'good'],
          ['y', 'task.confidence > 1.5', 'good'],
        ],
        'mini',
      ),
      mini,
      good,
    },
    at: { node: 'a', port: 'x' },
    also: ['condition_never', 'branch_unreachable'],
  },
  {
    code: 'condition_never',
    nodes: { a: asks([['x', 'time.hour > 23', 'good']], 'mini'), mini, good },
    at: { node: 'a', port: 'x' },
    also: ['branch_unreachable'],
  },
];
