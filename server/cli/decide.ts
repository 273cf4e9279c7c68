import { defaultPriceBook } from '#engine/catalogue/index.ts';
import { decide as decideByPlan } from '#engine/plan/index.ts';
import type { Dialect } from '#engine/signals/index.ts';
import { describeTrial } from '../api/policies/decide.ts';
import type { Trial } from '../contract/index.ts';
import { dialects } from '../dialects/index.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { loadPlan } from './policy-file.ts';
import { readRequestFile, readSignalsFile } from './request-file.ts';
import { showCount, showTable, showUsd } from './show.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill decide POLICY (--request FILE [--dialect DIALECT] | --signals FILE) [--json]

What a policy decides for one request, with the reasons. Nothing is called.

  --request  a body as a client sends it, ${Object.keys(dialects).join(' or ')}; told apart by its shape
  --dialect  says which, where the shape does not
  --signals  signals by name, as JSON: {"request.input_tokens": 1200, "task.label": "code", "task.confidence": 0.9}
  --json     the decision as JSON: path, reasons, refusal, attempts with expected cost, and the signals`;

const options = { request: 'text', dialect: 'text', signals: 'text', json: 'flag' } as const;

/** `waybill decide`: one decision with its reasons. */
export const decide: Verb = {
  summary: 'what a policy decides for one request, and why',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, options);
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { values, positionals } = parsed;
    const [policyPath, ...more] = positionals;
    if (policyPath === undefined || more.length > 0) return misuse(io, 'Name one policy file.', usage);
    const { request, signals: signalsPath, dialect = null } = values;
    if ((request === undefined) === (signalsPath === undefined)) {
      return misuse(io, 'Give either --request FILE or --signals FILE.', usage);
    }
    if (dialect !== null && !isDialect(dialect)) {
      return misuse(io, `--dialect must be ${Object.keys(dialects).join(' or ')}, not "${dialect}".`, usage);
    }
    const loaded = await loadPlan(policyPath, io);
    if (loaded === undefined) return 1;
    const read =
      request === undefined
        ? await readSignalsFile(signalsPath ?? '')
        : await readRequestFile(request, dialect, Date.now());
    if (read.kind === 'bad') {
      io.stderr.write(`${read.message}\n`);
      return 1;
    }
    const decision = decideByPlan(loaded.plan, read.signals);
    const trial = describeTrial(loaded.policy, loaded.plan, decision, read.signals, {
      priceBook: defaultPriceBook,
    });
    io.stdout.write(values.json === true ? `${JSON.stringify(trial, null, 2)}\n` : tellTrial(trial));
    return 0;
  },
};

function isDialect(name: string): name is Dialect {
  return Object.hasOwn(dialects, name);
}

function tellTrial({ pathText, reasons, refusal, attempts, pools }: Trial): string {
  const lines = [
    `Path: ${pathText}`,
    '',
    ...reasons.map(({ node, sentence }) => `  ${node}: ${sentence}`),
    '',
    ...(refusal === null ? [] : [`Refused with ${refusal.status} (${refusal.code}): ${refusal.message}`]),
    ...attempts.map(tellAttempt),
  ];
  return `${lines.join('\n')}\n${pools.map(tellPool).join('')}`;
}

/** Every candidate with its figures. */
function tellPool({
  node,
  objective,
  inputTokens,
  outputTokens,
  candidates,
}: Trial['pools'][number]): string {
  const rows = candidates.map(({ rank, target, score, costNanoUsd, latencyMs, quality, why }) => [
    rank === null ? '' : String(rank),
    target,
    score === null ? '' : String(score),
    costNanoUsd === null ? '' : showUsd(costNanoUsd),
    latencyMs === null ? '' : showCount(latencyMs),
    quality === null ? '' : String(quality),
    why,
  ]);
  const table = showTable(['>', 'candidate', '>score', '>cost', '>ms', '>quality', 'why'], rows);
  return `\n“${node}”, by ${objective}, for ${showCount(inputTokens)} tokens in and ${showCount(outputTokens)} out:\n${table}`;
}

function tellAttempt(
  { target, expectedCostNanoUsd, movesOn }: Trial['attempts'][number],
  index: number,
): string {
  const cost = expectedCostNanoUsd === null ? 'cost unknown' : `about ${showUsd(expectedCostNanoUsd)}`;
  const places = [...new Set(movesOn.map(({ to }) => to))].map(
    (place) => `${place} on ${movesOn.flatMap(({ on, to }) => (to === place ? [on] : [])).join(', ')}`,
  );
  return `${index + 1}. ${target}, ${cost}${places.length === 0 ? '' : `; moves on to ${places.join('; ')}`}`;
}
