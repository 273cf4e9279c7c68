import { compilePolicy } from '#engine/plan/index.ts';
import { semanticHash } from '#engine/policy/index.ts';
import type { Estimates, SimulationResult } from '#engine/simulate/index.ts';
import { StartError } from '../errors.ts';
import { RecordFileError } from '../import/index.ts';
import { type Comparison, comparePolicies } from './diff/compare-policies.ts';
import { tellMarkdown } from './diff/tell-markdown.ts';
import { tellText } from './diff/tell-text.ts';
import { verdictOf } from './diff/verdict.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { diagnosticLine, shippedModels } from './policy-file.ts';
import { type NamedPolicy, readNamedPolicy } from './policy-reference.ts';
import { readEstimates } from './read-estimates.ts';
import { type PlannedPolicy, replayFile } from './replay-file.ts';
import type { Io, Verb } from './verb.ts';

const usage = `Usage: waybill diff BEFORE AFTER [--records FILE] [--seed NUMBER] [--estimates FILE] [--markdown | --json]

Says what changes between two policies, by meaning: where nodes lie does not count, and labels are told apart. With
records also what that does to traffic: requests that move, cost with its interval, latency, who it concerns.

  BEFORE AFTER  policy files, or id (the draft) or id@version of the store in WAYBILL_DATA, which is only read
  --records     request records, Parquet or JSON lines; \`waybill import\` makes them of other logs
  --seed        seeds the resampling behind the interval; 1 unless told
  --estimates   what is known of targets, as \`waybill calibrate --out\` wrote it; without it, what the records teach
  --markdown    as a comment for a pull request; its first line is a marker by which the comment is found again
  --json        everything as one JSON object`;

const options = { records: 'text', seed: 'text', estimates: 'text', markdown: 'flag', json: 'flag' } as const;

/** `waybill diff`: what changes between two policies, and what that does to recorded traffic. */
export const diff: Verb = {
  summary: 'what changes between two policies, for review',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, options);
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { records, seed = '1', markdown, json } = parsed.values;
    const [before, after, ...more] = parsed.positionals;
    if (before === undefined || after === undefined || more.length > 0)
      return misuse(io, 'Name two policies: the one before, and the one after.', usage);
    if (markdown === true && json === true) return misuse(io, 'Choose --markdown or --json.', usage);
    if (!/^\d{1,9}$/.test(seed)) return misuse(io, `--seed must be a whole number, not "${seed}".`, usage);
    try {
      const [left, right] = [
        await readNamedPolicy(before, io, process.env),
        await readNamedPolicy(after, io, process.env),
      ];
      if (left === undefined || right === undefined) return 1;
      const known =
        parsed.values.estimates === undefined ? null : await readEstimates(parsed.values.estimates, io);
      if (known === undefined) return 1;
      const result =
        records === undefined ? null : await whatIf(left, right, { records, seed: Number(seed), known }, io);
      if (result === undefined) return 130;
      const comparison = comparePolicies(left, right, result);
      const tell = json === true ? tellJson : markdown === true ? tellMarkdown : tellText;
      io.stdout.write(tell(comparison));
      return 0;
    } catch (error) {
      if (!(error instanceof RecordFileError || error instanceof StartError)) throw error;
      io.stderr.write(`${error.message}\n`);
      return 1;
    }
  },
};

/**
 * `null`, after saying why on `stderr`, where a side has errors and decides nothing: the drawing can still be compared.
 * `undefined` where somebody pressed Ctrl-C.
 */
async function whatIf(
  before: NamedPolicy,
  after: NamedPolicy,
  {
    records,
    seed,
    known,
  }: { readonly records: string; readonly seed: number; readonly known: Estimates | null },
  io: Io,
): Promise<SimulationResult | null | undefined> {
  const [baseline, candidate] = [planned(before, io), planned(after, io)];
  if (baseline === null || candidate === null) return null;
  return replayFile({ records, candidate, baseline, seed, estimates: known ?? undefined }, io);
}

function planned({ name, policy, pools, diagnostics }: NamedPolicy, io: Io): PlannedPolicy | null {
  const compiled = compilePolicy(policy, {
    models: shippedModels,
    ...(pools === undefined ? {} : { pools }),
  });
  if (compiled.kind === 'ok') return { policy, pools, plan: compiled.plan };
  io.stderr.write(`${name} has errors, so no traffic can be tried on it:\n`);
  for (const one of diagnostics.filter(({ severity }) => severity === 'error'))
    io.stderr.write(`${diagnosticLine(name, one)}\n`);
  return null;
}

function tellJson(comparison: Comparison): string {
  const { before, after, diff: changes, findings, whatIf: result } = comparison;
  const side = ({ name, policy }: NamedPolicy) => ({ name, id: policy.id, hash: semanticHash(policy) });
  const told = {
    verdict: verdictOf(comparison),
    before: side(before),
    after: side(after),
    same_meaning: changes.sameMeaning,
    nodes: changes.nodes,
    entry: changes.entry,
    classifiers: changes.classifiers,
    about: changes.about,
    findings,
    what_if: result,
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
