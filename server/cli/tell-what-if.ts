import type { SimulationResult } from '#engine/simulate/index.ts';
import { showCount, showShare, showTable, showUsd } from './show.ts';

/** A result for people: one sentence, the sums before and after, targets, and what was assumed. */
export function tellWhatIf(result: SimulationResult, baseline: string | undefined): string {
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
    ...badDay(result),
    `Evidence  ${classes.join(', ') || 'none'}`,
    ...withoutCost(result),
    '',
    targetTable(result),
    ...result.assumptions.map((assumption) => `- ${assumption}`),
    `- Seed ${result.seed}, policy ${result.policy_hash.slice(0, 12)}, records ${result.records_hash.slice(0, 12)}, prices ${result.price_book}.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** What incidents did; requests that fail as often as the log’s are expected to are in it. */
function badDay({ incidents, errors, fallbacks }: SimulationResult): readonly string[] {
  if (incidents.length === 0) return [];
  const count = (value: number) => showCount(Math.round(value));
  return [
    `Failed    ${count(errors.before)} → ${count(errors.after)}`,
    `Fallbacks ${count(fallbacks.before)} → ${count(fallbacks.after)}`,
  ];
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
