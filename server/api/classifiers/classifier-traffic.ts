import type { SignalValue } from '#engine/signals/index.ts';
import { codedOf, type RecordColumns } from '#engine/simulate/columns.ts';
import type { calls } from '../../contract/index.ts';
import type { Handler } from '../handler.ts';
import { requireIn } from '../require-in.ts';

const spanMs = 14 * 24 * 3_600_000;

export const readClassifierTraffic: Handler<typeof calls.readClassifierTraffic> = async (
  { query, principal },
  { log, clock },
) => {
  requireIn(principal, 'traffic.read', null);
  const to = clock() + 1;
  const from = to - spanMs;
  await log.flush();
  return { from, to, ...sumConfidences(await log.columns({ from, to }), query) };
};

interface Step {
  readonly label: string;
  readonly permille: number;
  requests: number;
  costNanoUsd: number;
}

/** Requests and cost by label and confidence of one classifier; of one policy, where that is given. */
export function sumConfidences(
  columns: RecordColumns,
  { classifier, policy }: { readonly classifier: string; readonly policy?: string | undefined },
) {
  const answerAt = answersOf(columns, classifier);
  const policies = codedOf(columns.column('decision.policy'), columns.length);
  const cost = numberAt(columns, 'cost.nano_usd');
  const sandbox = columns.column('sandbox');
  const steps = new Map<string, Step>();
  const sums = { sandbox: false, requests: 0, known: 0, withoutCost: 0 };
  for (let row = 0; row < columns.length; row += 1) {
    if (policy !== undefined && policies.dictionary[policies.codes[row] ?? 0] !== policy) continue;
    sums.requests += 1;
    if (sandbox.kind === 'bool' && sandbox.values[row] === 1) sums.sandbox = true;
    const answer = answerAt(row);
    if (answer === null) continue;
    sums.known += 1;
    const spent = cost(row);
    if (spent === null) sums.withoutCost += 1;
    const permille = Math.floor(answer.confidence * 1_000 + 1e-6);
    const key = `${permille} ${answer.label}`;
    const step = steps.get(key) ?? { label: answer.label, permille, requests: 0, costNanoUsd: 0 };
    step.requests += 1;
    step.costNanoUsd += spent ?? 0;
    steps.set(key, step);
  }
  return { ...sums, steps: [...steps.values()] };
}

interface Answer {
  readonly label: string;
  readonly confidence: number;
}

/** What the classifier said of a row; `null` where the log does not hold it. */
function answersOf(columns: RecordColumns, classifier: string): (row: number) => Answer | null {
  if (classifier === 'task') {
    const labels = codedOf(columns.column('task.label'), columns.length);
    const confidence = numberAt(columns, 'task.confidence');
    return (row) => answerOf(labels.dictionary[labels.codes[row] ?? 0], confidence(row));
  }
  const labels = codedOf(columns.column('classifiers.label'), columns.length);
  const confidences = codedOf(columns.column('classifiers.confidence'), columns.length);
  return (row) =>
    answerOf(
      entryOf(labels.dictionary[labels.codes[row] ?? 0], classifier),
      entryOf(confidences.dictionary[confidences.codes[row] ?? 0], classifier),
    );
}

function answerOf(label: unknown, confidence: unknown): Answer | null {
  return typeof label === 'string' && typeof confidence === 'number' ? { label, confidence } : null;
}

function entryOf(value: SignalValue | null | undefined, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : null;
}

function numberAt(columns: RecordColumns, name: 'task.confidence' | 'cost.nano_usd') {
  const column = columns.column(name);
  return (row: number): number | null => {
    const value = column.kind === 'number' ? column.values[row] : undefined;
    return value === undefined || Number.isNaN(value) ? null : value;
  };
}
