import { availableParallelism } from 'node:os';
import {
  type Estimates,
  type Incident,
  incidentForms,
  readIncident,
  type SimulationResult,
  sampleRows,
  simulate as simulateWhatIf,
} from '#engine/simulate/index.ts';
import { countRecords, openRecordParts, RecordFileError, readRecordFile } from '../import/index.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { loadPlan, shippedModels } from './policy-file.ts';
import { showProgress } from './progress.ts';
import { readEstimates } from './read-estimates.ts';
import { showCount, showShare, showTable, showUsd } from './show.ts';
import { simulateInParts } from './simulate-in-parts.ts';
import { isNumber, readGrid, runSweep } from './sweep.ts';
import type { Io, Verb } from './verb.ts';

const usage = `Usage: waybill simulate --candidate POLICY [--baseline POLICY] --records FILE [--seed NUMBER] [--sweep PLACE=FROM:TO:STEPS [--min-quality INDEX]] [--sample SHARE] [--estimates FILE] [--incident LIST] [--json]

Replays request records under a candidate policy: what would have been decided, and what it would have cost.

  --candidate  the policy file to try
  --baseline   the policy file to compare it with; without it, with what the log itself holds
  --records    request records, Parquet or JSON lines; \`waybill import\` makes them of other logs
  --seed       seeds the resampling behind low and high; 1 unless told
  --sweep      varies one number of the candidate, such as size.cases.long=1000:90000:20 or task.confidence=0:1:11
  --min-quality  with --sweep: the cheapest setting that keeps so much of the quality index
  --sample     replays this share of the records (0–1), whole sessions of it; the result says so
  --estimates  what is known of targets, as \`waybill calibrate --out\` wrote it; without it, what the records teach
  --incident   what goes wrong meanwhile, parted by commas: ${incidentForms.join(', ')}
  --json       the whole result as JSON`;

const options = {
  candidate: 'text',
  baseline: 'text',
  records: 'text',
  seed: 'text',
  sweep: 'text',
  'min-quality': 'text',
  sample: 'text',
  estimates: 'text',
  incident: 'text',
  json: 'flag',
} as const;

/** `waybill simulate`: a what-if over a record file. */
export const simulate: Verb = {
  summary: 'what-if: logged requests under another policy',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, options);
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const { candidate, baseline, records, seed = '1', sweep, sample = '1', json } = parsed.values;
    const minQuality = parsed.values['min-quality'];
    if (candidate === undefined || records === undefined) {
      return misuse(io, `--${candidate === undefined ? 'candidate' : 'records'} is missing.`, usage);
    }
    if (parsed.positionals.length > 0) return misuse(io, `What is "${parsed.positionals[0]}" for?`, usage);
    if (!/^\d{1,9}$/.test(seed)) return misuse(io, `--seed must be a whole number, not "${seed}".`, usage);
    const grid = sweep === undefined ? null : readGrid(sweep);
    if (typeof grid === 'string') return misuse(io, grid, usage);
    if (minQuality !== undefined && (grid === null || !isNumber(minQuality)))
      return misuse(io, '--min-quality is a number, and goes with --sweep.', usage);
    if (!isNumber(sample) || Number(sample) <= 0 || Number(sample) > 1)
      return misuse(io, `--sample must be a share above 0 and up to 1, not "${sample}".`, usage);
    const incidents: Incident[] = [];
    for (const text of parsed.values.incident?.split(',') ?? []) {
      const read = readIncident(text.trim());
      if (read.kind === 'bad') return misuse(io, `--incident ${read.message}`, usage);
      incidents.push(read.incident);
    }
    if (incidents.length > 0 && grid !== null)
      return misuse(io, '--incident does not go with --sweep.', usage);
    const candidatePlan = await loadPlan(candidate, io);
    const baselinePlan = baseline === undefined ? null : await loadPlan(baseline, io);
    if (candidatePlan === undefined || baselinePlan === undefined) return 1;
    const file = parsed.values.estimates;
    const estimates = file === undefined ? null : await readEstimates(file, io);
    if (estimates === undefined) return 1;
    const asked = { seed: Number(seed), sample: Number(sample), estimates, incidents };
    if (grid !== null) {
      const columns = await load(records, io, asked.sample);
      if (columns === undefined) return 1;
      return runSweep(io, {
        policy: candidatePlan.policy,
        grid: { ...grid, minQuality: minQuality === undefined ? null : Number(minQuality) },
        world: {
          columns,
          baseline: baselinePlan?.plan ?? null,
          ...shippedModels,
          seed: asked.seed,
          ...(estimates === null ? {} : { estimates }),
        },
        json: json === true,
      });
    }
    const result = await replay(records, io, candidatePlan, baselinePlan, asked);
    if (result === undefined) return 1;
    io.stdout.write(json === true ? `${JSON.stringify(result, null, 2)}\n` : tell(result, baseline));
    return 0;
  },
};

type Loaded = NonNullable<Awaited<ReturnType<typeof loadPlan>>>;

/** Files with more rows than this are replayed in parts; a limit depends on the requests before, so it needs them all. */
const mostInMemory = 1_000_000;

async function replay(
  records: string,
  io: Io,
  candidate: Loaded,
  baseline: Loaded | null,
  {
    seed,
    sample,
    estimates,
    incidents,
  }: {
    readonly seed: number;
    readonly sample: number;
    readonly estimates: Estimates | null;
    readonly incidents: readonly Incident[];
  },
): Promise<SimulationResult | undefined> {
  const hasLimits = [candidate, baseline].some((one) => (one?.plan.limits.length ?? 0) > 0);
  const rows = hasLimits || estimates !== null || incidents.length > 0 ? 0 : await countRecords(records);
  if (rows > mostInMemory) {
    const parts = await openRecordParts(records);
    const progress = showProgress(io, `Replaying ${showCount(rows)} requests`);
    try {
      return await simulateInParts({
        parts,
        candidate: candidate.policy,
        baseline: baseline?.policy ?? null,
        seed,
        sample,
        threads: Math.min(4, availableParallelism()),
        onProgress: progress.update,
      });
    } finally {
      progress.clear();
      parts.close();
    }
  }
  const columns = await load(records, io, sample);
  if (columns === undefined) return undefined;
  const whatIf = { columns, candidate: candidate.plan, baseline: baseline?.plan ?? null, seed, incidents };
  const known = estimates === null ? {} : { estimates };
  return { ...simulateWhatIf({ ...whatIf, ...shippedModels, ...known }), sample };
}

async function load(
  path: string,
  io: Io,
  sample: number,
): Promise<Awaited<ReturnType<typeof readRecordFile>> | undefined> {
  const progress = showProgress(io, `Reading ${path}`);
  try {
    const columns = await readRecordFile(path, progress.update);
    return sample === 1 ? columns : sampleRows(columns, sample);
  } catch (error) {
    if (!(error instanceof RecordFileError)) throw error;
    progress.clear();
    io.stderr.write(`${error.message}\n`);
    return undefined;
  } finally {
    progress.clear();
  }
}

function tell(result: SimulationResult, baseline: string | undefined): string {
  const { records, latency_ms: latency, refused, evidence } = result;
  const ms = (value: number | null) => (value === null ? 'unknown' : `${showCount(value)} ms`);
  const classes = Object.entries(evidence)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${showCount(count)} (${showShare(count / Math.max(1, records))})`);
  const lines = [
    ...(result.sample < 1 ? [`A sample of ${showShare(result.sample)} of the records.`] : []),
    sentence(result, baseline),
    '',
    costLine(result),
    `Latency   ${ms(latency.before)} → ${ms(latency.after)} on average`,
    `Refused   ${showCount(refused.before)} → ${showCount(refused.after)}`,
    `Evidence  ${classes.join(', ') || 'none'}`,
    ...withoutCost(result),
    '',
    targetTable(result),
    ...result.assumptions.map((assumption) => `- ${assumption}`),
    `- Seed ${result.seed}, policy ${result.policy_hash.slice(0, 12)}, records ${result.records_hash.slice(0, 12)}, prices ${result.price_book}.`,
  ];
  return `${lines.join('\n')}\n`;
}

function sentence(
  { records, changed, cost_nano_usd: cost }: SimulationResult,
  baseline: string | undefined,
): string {
  const than = baseline === undefined ? 'what the log holds' : baseline;
  if (records === 0) return 'The file holds no records.';
  if (changed === 0) return `All ${showCount(records)} requests are decided as by ${than}.`;
  const share = `${showCount(changed)} of ${showCount(records)} requests (${showShare(changed / records)}) are decided otherwise than by ${than}`;
  const delta = cost.after - cost.before;
  if (delta === 0) return `${share}, at the same cost.`;
  const ofCost = cost.before === 0 ? '' : ` (${showShare(Math.abs(delta) / cost.before)})`;
  return `${share}; that costs ${showUsd(Math.abs(delta))}${ofCost} ${delta < 0 ? 'less' : 'more'}.`;
}

function costLine({ cost_nano_usd: { before, after, low, high } }: SimulationResult): string {
  const range = low === high ? '' : `, between ${showUsd(low)} and ${showUsd(high)}`;
  return `Cost      ${showUsd(before)} → ${showUsd(after)}${range}`;
}

function withoutCost({ without_cost: { before, after } }: SimulationResult): readonly string[] {
  if (before === 0 && after === 0) return [];
  return [
    `No cost   ${showCount(before)} → ${showCount(after)} requests have none: a price or their tokens are unknown`,
  ];
}

/** Targets told in the summary; the JSON has all. */
const mostTargets = 10;

function targetTable({ by_target: targets }: SimulationResult): string {
  const shown = [...targets]
    .sort((left, right) => weight(right) - weight(left))
    .slice(0, mostTargets)
    .map((one) => [
      one.target === '' ? '(none)' : one.target,
      showCount(one.requests_before),
      showCount(one.requests_after),
      showUsd(one.cost_before),
      showUsd(one.cost_after),
    ]);
  return showTable(['target', '>requests', '>→', '>cost', '>→'], shown);
}

function weight(target: SimulationResult['by_target'][number]): number {
  return Math.max(target.requests_before, target.requests_after);
}
