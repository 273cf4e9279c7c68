import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine';
import { defaultCatalogue, defaultPriceBook } from '#engine/catalogue/index.ts';
import { objectives } from '#engine/nodes/index.ts';
import { compilePolicy, decide, resolvePools, targetsOf } from '#engine/plan/index.ts';
import { type Policy, parsePolicyValue } from '#engine/policy/index.ts';
import { type NamedSignals, signalsFrom } from '#engine/signals/index.ts';
import { median, printTable, seededDraws } from './print-table.ts';
import { routingPlan, usualThresholds } from './routing-policy.ts';
import { zenPolicy } from './zen-policy.ts';

const inputs = 1_000;
const rounds = 7;
const goal = 500;

/** Decisions a second of `decide` against GoRules' engine, on one policy of twelve nodes, one thread, same inputs. */
export async function run(): Promise<void> {
  const named = someInputs();
  const plan = routingPlan(usualThresholds);
  const signals = named.map(signalsFrom);
  const zen = new ZenEngine().createDecision(new ZenDecisionContent(zenPolicy(usualThresholds)));
  const contexts = named.map(nested);
  await requireAgreement(
    signals.map((one) => targetsOf(decide(plan, one)).join()),
    async (index) => (await zen.evaluate(contexts[index])).result.targets.join(),
  );
  const ours: number[] = [];
  const theirs: number[] = [];
  const crowded: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(nsEach(2_000_000, (index) => decide(plan, signals[index % inputs]!).attempts.length));
    theirs.push(await nsEachAwaited(3_000, 1, (index) => zen.evaluate(contexts[index % inputs])));
    crowded.push(await nsEachAwaited(6_000, 64, (index) => zen.evaluate(contexts[index % inputs])));
  }
  const own = median(ours.slice(1));
  const rows = [
    ['waybill decide, path and attempts', own],
    ['zen-engine, one at a time', median(theirs.slice(1))],
    ['zen-engine, 64 in flight on all cores', median(crowded.slice(1))],
  ] as const;
  printTable(
    ['12 nodes, medians', 'ns a decision', 'decisions/s', 'times slower'],
    rows.map(([name, ns]) => [name, ns, 1e9 / ns, ns / own]),
  );
  console.log(
    `\n  The same targets on ${inputs} random inputs. Goal: ${goal} times zen-engine, one at a time.\n`,
  );
  benchPools();
}

const poolGoal = 20_000;

/** What choosing among fifty candidates costs, by each objective; live state is one snapshot that requests share. */
function benchPools(): void {
  const candidates = resolvePools(poolPolicy('cost'), {
    catalogue: defaultCatalogue,
    priceBook: defaultPriceBook,
  });
  const pools = { best: candidates.best?.slice(0, 50) ?? [] };
  const draw = seededDraws(7);
  const shared = {
    'health.providers': ['*'],
    'health.open': [],
    'health.error_rate': {},
    'health.first_token_ms': {},
    'health.tokens_per_second': {},
  };
  const requests = Array.from({ length: inputs }, () =>
    signalsFrom({
      ...shared,
      'request.input_tokens': Math.floor(draw() * 120_000),
      'request.max_output_tokens': 0,
      'request.tools': Math.floor(draw() * 3),
      'request.images': Math.floor(draw() * 2),
      'request.audio': 0,
      'request.files': 0,
      'request.json_schema': draw() < 0.3,
      'session.target': '',
      'session.warm_tokens': 0,
      draw: draw(),
    }),
  );
  const rows = objectives.map((objective) => {
    const compiled = compilePolicy(poolPolicy(objective), { pools });
    if (compiled.kind === 'bad') throw new Error(JSON.stringify(compiled.diagnostics));
    const { plan } = compiled;
    const times = Array.from({ length: rounds }, () =>
      nsEach(100_000, (index) => decide(plan, requests[index % inputs]!).attempts.length),
    );
    const ns = median(times.slice(1));
    return [`pool of ${pools.best.length} candidates, by ${objective}`, ns, 1e9 / ns] as const;
  });
  printTable(['medians', 'ns a decision', 'decisions/s'], rows);
  console.log(`\n  Goal: under ${poolGoal / 1_000} µs.`);
}

function poolPolicy(objective: string): Policy {
  const parsed = parsePolicyValue({
    format: 1,
    id: 'pool',
    name: 'Pool',
    entry: 'best',
    nodes: { best: { kind: 'pool', candidates: ['openai/*', 'anthropic/*'], objective } },
  });
  if (parsed.kind === 'bad') throw new Error(JSON.stringify(parsed.diagnostics));
  return parsed.policy;
}

function someInputs(): readonly NamedSignals[] {
  const draw = seededDraws(42);
  const labels = [
    'code',
    'math_reasoning',
    'summarization',
    'translation',
    'creative_writing',
    'conversation',
  ];
  const teams = ['search', 'support', 'ads', 'legal'];
  return Array.from({ length: inputs }, () => ({
    'task.label': labels[Math.floor(draw() * labels.length)]!,
    'task.confidence': Math.floor(draw() * 100) / 100,
    'request.tools': Math.floor(draw() * 3),
    'request.input_tokens': Math.floor(draw() * 120_000),
    'caller.team': teams[Math.floor(draw() * teams.length)]!,
    'time.hour': Math.floor(draw() * 24),
    'request.turns': Math.floor(draw() * 12),
  }));
}

/** `request.tools` → `{ request: { tools } }`. */
function nested(signals: NamedSignals): Record<string, Record<string, unknown>> {
  const context: Record<string, Record<string, unknown>> = {};
  for (const [name, value] of Object.entries(signals)) {
    const [head = '', field = ''] = name.split('.');
    context[head] = { ...context[head], [field]: value };
  }
  return context;
}

async function requireAgreement(
  expected: readonly string[],
  answer: (index: number) => Promise<string>,
): Promise<void> {
  for (const [index, targets] of expected.entries()) {
    const theirs = await answer(index);
    if (theirs !== targets)
      throw new Error(`Input ${index}: ${targets} here, ${theirs} there. The bench is wrong.`);
  }
}

function nsEach(times: number, act: (index: number) => number): number {
  let sink = 0;
  const start = process.hrtime.bigint();
  for (let index = 0; index < times; index += 1) sink += act(index);
  const ns = Number(process.hrtime.bigint() - start) / times;
  if (sink < times) throw new Error('Every decision has an attempt.');
  return ns;
}

async function nsEachAwaited(
  times: number,
  inFlight: number,
  act: (index: number) => Promise<unknown>,
): Promise<number> {
  const start = process.hrtime.bigint();
  for (let index = 0; index < times; index += inFlight) {
    if (inFlight === 1) await act(index);
    else await Promise.all(Array.from({ length: inFlight }, (_, ahead) => act(index + ahead)));
  }
  return Number(process.hrtime.bigint() - start) / times;
}
