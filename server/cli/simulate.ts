import { incidentForms } from '#engine/simulate/index.ts';
import { RecordFileError } from '../import/index.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { loadPlan, shippedModels } from './policy-file.ts';
import { readEstimates } from './read-estimates.ts';
import { readBudgets, readIncidents } from './read-injected.ts';
import { loadRecords, replayFile } from './replay-file.ts';
import { isNumber, readGrid, runSweep } from './sweep.ts';
import { tellWhatIf } from './tell-what-if.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill simulate --candidate POLICY [--baseline POLICY] --records FILE [--seed NUMBER] [--sweep PLACE=FROM:TO:STEPS [--min-quality INDEX]] [--sample SHARE] [--estimates FILE] [--incident TEXT]… [--incidents FILE] [--budgets FILE] [--json]

Replays request records under a candidate policy: what would have been decided, and what it would have cost.

  --candidate  the policy file to try
  --baseline   the policy file to compare it with; without it, with what the log itself holds
  --records    request records, Parquet or JSON lines; \`waybill import\` makes them of other logs
  --seed       seeds the resampling behind low and high; 1 unless told
  --sweep      varies one number of the candidate, such as size.cases.long=1000:90000:20 or task.confidence=0:1:11
  --min-quality  with --sweep: the cheapest setting that keeps so much of the quality index
  --sample     replays this share of the records (0–1), whole sessions of it; the result says so
  --estimates  what is known of targets, as \`waybill calibrate --out\` wrote it; without it, what the records teach
  --incident   what goes wrong meanwhile, as often as there is something: ${incidentForms.join(', ')}
  --incidents  the same as a JSON file: [{"kind": "outage", "target": "openai/*", "from": "14:00", "to": "15:00"}]
  --budgets    money that may be spent, as a JSON file: [{"per": "team", "limit_usd": 50, "window": "day"}]
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
  incident: 'texts',
  incidents: 'text',
  budgets: 'text',
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
    const incidents = await readIncidents(parsed.values.incidents, parsed.values.incident ?? []);
    if (incidents.kind === 'bad') return misuse(io, incidents.message, usage);
    const budgets = await readBudgets(parsed.values.budgets);
    if (budgets.kind === 'bad') return misuse(io, budgets.message, usage);
    const candidatePlan = await loadPlan(candidate, io);
    const baselinePlan = baseline === undefined ? null : await loadPlan(baseline, io);
    if (candidatePlan === undefined || baselinePlan === undefined) return 1;
    const file = parsed.values.estimates;
    const estimates = file === undefined ? null : await readEstimates(file, io);
    if (estimates === undefined) return 1;
    const known = estimates === null ? {} : { estimates };
    const injected = { incidents: incidents.all, budgets: budgets.all };
    try {
      if (grid !== null) {
        const columns = await loadRecords(records, io, Number(sample));
        return runSweep(io, {
          policy: candidatePlan.policy,
          grid: { ...grid, minQuality: minQuality === undefined ? null : Number(minQuality) },
          world: {
            columns,
            baseline: baselinePlan?.plan ?? null,
            ...shippedModels,
            seed: Number(seed),
            ...known,
            ...injected,
          },
          json: json === true,
        });
      }
      const result = await replayFile(
        {
          records,
          candidate: candidatePlan,
          baseline: baselinePlan,
          seed: Number(seed),
          sample: Number(sample),
          ...known,
          ...injected,
        },
        io,
      );
      if (result === undefined) return 130;
      io.stdout.write(json === true ? `${JSON.stringify(result, null, 2)}\n` : tellWhatIf(result, baseline));
      return 0;
    } catch (error) {
      if (!(error instanceof RecordFileError)) throw error;
      io.stderr.write(`${error.message}\n`);
      return 1;
    }
  },
};
