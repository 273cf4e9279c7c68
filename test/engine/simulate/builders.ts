import { defaultCatalogue, defaultPriceBook, noUsage, usageColumns } from '#engine/catalogue/index.ts';
import type { Plan } from '#engine/plan/index.ts';
import { makeRecord, nameSignals, type RequestRecord } from '#engine/signals/index.ts';
import {
  columnsFromRecords,
  type Estimates,
  type SimulationResult,
  sameTokens,
  simulate,
} from '#engine/simulate/index.ts';
import { someSignals } from '../builders.ts';

/** A served row of the log, 1,000 tokens in and 100 out at $0.0005; takes only what differs. */
export function aRecord(different: Partial<RequestRecord> = {}): RequestRecord {
  const record = makeRecord(nameSignals(someSignals()), {
    id: 'r',
    sandbox: false,
    'decision.policy': 'test',
    'decision.version': 1,
    'decision.hash': 'h',
    'decision.path': 'small',
    'decision.targets': ['openai/gpt-5-mini'],
    'decision.shadow': '',
    'outcome.status': 'served',
    'outcome.target': 'openai/gpt-5-mini',
    'outcome.error': '',
    'outcome.http_status': 200,
    'outcome.attempts': '[]',
    'outcome.dropped': [],
    'outcome.notes': [],
    ...usageColumns(noUsage),
    'usage.input_tokens': 1_000,
    'usage.output_tokens': 100,
    'usage.source': 'provider',
    'cost.nano_usd': 500_000,
    'cost.price_book': 'old',
    'latency.total_ms': 1_000,
    'latency.first_token_ms': 200,
  });
  return { ...record, ...different };
}

/** A what-if over these rows with the shipped catalogue and prices, tokens taken as logged unless told. */
export function whatIf(
  records: readonly RequestRecord[],
  candidate: Plan,
  baseline: Plan | null = null,
  seed = 1,
  estimates: Estimates = sameTokens,
): SimulationResult {
  const columns = columnsFromRecords(records);
  return simulate({
    columns,
    candidate,
    baseline,
    priceBook: defaultPriceBook,
    catalogue: defaultCatalogue,
    seed,
    estimates,
  });
}
