import { compilePolicy, type Plan } from '#engine/plan/index.ts';
import { type Policy, parsePolicyValue } from '#engine/policy/index.ts';
import { type NamedSignals, type Signals, signalsFrom } from '#engine/signals/index.ts';

/** Signals of an everyday request; takes only what differs. */
export function someSignals(different: NamedSignals = {}): Signals {
  return signalsFrom({
    'time.at': Date.UTC(2026, 10, 18, 14, 30),
    'time.hour': 14,
    'time.weekday': 3,
    'request.input_tokens': 812,
    'request.system_tokens': 120,
    'request.max_output_tokens': 0,
    'request.bytes': 3_400,
    'request.messages': 2,
    'request.turns': 1,
    'request.tools': 0,
    'request.images': 0,
    'request.stream': false,
    'request.json_output': false,
    'request.reasoning_effort': '',
    'request.model': 'auto',
    'request.dialect': 'openai-chat',
    'request.metadata': {},
    'caller.key': 'first',
    'caller.team': 'search',
    'caller.project': 'ranking',
    'caller.tags': [],
    'caller.user': '',
    'session.id': 's-1',
    'session.prefix': 'p-1',
    'session.prefix_tokens': 120,
    'task.label': 'code',
    'task.confidence': 0.9,
    'task.difficulty': 0.4,
    draw: 0.25,
    ...different,
  });
}

/** A policy of these nodes; the first is the entry. */
export function aPolicy(
  nodes: Readonly<Record<string, unknown>>,
  different: Readonly<Record<string, unknown>> = {},
): Policy {
  const parsed = parsePolicyValue({
    format: 1,
    id: 'test',
    name: 'Test',
    entry: Object.keys(nodes)[0] ?? null,
    nodes,
    ...different,
  });
  if (parsed.kind === 'bad')
    throw new Error(`The test's policy is wrong: ${JSON.stringify(parsed.diagnostics)}`);
  return parsed.policy;
}

/** The plan of a policy that has no errors. */
export function aPlan(
  nodes: Readonly<Record<string, unknown>>,
  different: Readonly<Record<string, unknown>> = {},
): Plan {
  const compiled = compilePolicy(aPolicy(nodes, different));
  if (compiled.kind === 'bad')
    throw new Error(`The test's policy has errors: ${JSON.stringify(compiled.diagnostics)}`);
  return compiled.plan;
}

/** A model node calling a target. */
export function calls(target: string): { readonly kind: 'model'; readonly target: string } {
  return { kind: 'model', target };
}
