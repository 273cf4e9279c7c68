import type { Plan, PlanNode } from '../plan/index.ts';
import { assumedAcceptance } from './acceptance.ts';
import { judgement } from './adjust-costs.ts';
import type { Bin } from './bins.ts';
import type { Estimates } from './estimate/estimates.ts';
import type { RecordFacts } from './prepare-records.ts';
import type { SimulationResult } from './result.ts';

type Figures = Pick<
  SimulationResult,
  'records' | 'changed' | 'evidence' | 'without_cost' | 'price_book' | 'refused' | 'baseline_hash'
>;

/** What the estimates assume, as sentences; only those that matter for this result. */
export function describeAssumptions(
  figures: Figures,
  facts: RecordFacts,
  plans: readonly Plan[],
  bins: readonly Bin[],
  estimates: Estimates,
): string[] {
  const { evidence, without_cost, records } = figures;
  const sentences = [
    'A request that keeps its first target keeps its logged cost, latency and failures.',
    'Costs are rounded to whole nano-dollars a request, half up, as the gateway does, and then added.',
  ];
  if (facts.sandboxRows > 0)
    sentences.push(
      `${share(facts.sandboxRows, records)} come from the simulated upstream or the generated sample.`,
    );
  if (evidence.repriced > 0)
    sentences.push(
      `${share(evidence.repriced, records)} are priced with the same tokens at the new target (price book ${figures.price_book}).`,
    );
  if (evidence.modelled > 0)
    sentences.push(`${share(evidence.modelled, records)} are modelled: ${modelSentence(estimates)}`);
  if (evidence.unknown > 0)
    sentences.push(
      `${share(evidence.unknown, records)} have a decision that hinged on something the log does not hold, or a cost that cannot be told; where only the decision is in doubt, the range goes from the cheapest to the dearest target of the candidate.`,
    );
  if (without_cost.before > 0 || without_cost.after > 0)
    sentences.push(
      `No cost is known for ${without_cost.before} requests before and ${without_cost.after} after the change; they are in no sum, so the two sides may not cover the same requests.`,
    );
  if (figures.changed > 0)
    sentences.push(
      cacheSentence(estimates),
      'Of requests that move, each target fails as often as in this log, drawn towards the failures of all where it was seldom called; a fallback’s cost is not added. Other parameters are not simulated.',
      'The range is a 95 % bootstrap of the change over sessions, widened by the model ranges above.',
    );
  return [...sentences, ...aboutPlans(plans, bins)];
}

function modelSentence({ kind }: Estimates): string {
  if (kind === 'same_tokens')
    return 'the centre takes the logged tokens as they are, the range from 23 % fewer to 30 % more.';
  return 'input by the tokens that each target makes of a text, answers by their length at both targets for the task, from their history where each has 30 answers, else from what vendors state, with a range from 23 % fewer to 30 % more; or their prompt cache grew cold.';
}

function cacheSentence({ caching }: Estimates): string {
  return caching
    ? 'Prompt caches are replayed on the clock of the log: a request that moves finds what its new target still holds, one that stays may find its own expired. Vendors’ stated times count, and no more than the log’s own caches gave.'
    : 'Moved requests lose no prompt cache.';
}

/** What is assumed of limits, pools, caps and cascades, where there are some. */
function aboutPlans(plans: readonly Plan[], bins: readonly Bin[]): readonly string[] {
  const has = (kind: PlanNode['kind']) => plans.some(({ nodes }) => nodes.some((node) => node.kind === kind));
  const isNew = bins.some(({ changed, after }) => changed && after.cascade !== null);
  return [
    ...(plans.some(({ limits }) => limits.length > 0)
      ? [
          'Limits are replayed in the order of the log, each request counted as soon as it comes, with the tokens and the cost it has here.',
        ]
      : []),
    ...(has('pool')
      ? [
          'Pools choose by the health, the session and the draw that the log holds; where it holds none, the choice is made without and counts as unknown.',
        ]
      : []),
    ...(bins.some(({ after }) => after.cap !== null)
      ? ['Answers longer than a cap are cut to it: their text first, then their reasoning.']
      : []),
    ...(isNew
      ? [
          `First answers of a cascade are accepted as often as this log says; where it says nothing, ${100 * assumedAcceptance} % of them, and the range goes from all to none. A judge reads request and answer and writes ${judgement} tokens.`,
        ]
      : []),
  ];
}

function share(count: number, of: number): string {
  return `${count} of ${of} requests`;
}
