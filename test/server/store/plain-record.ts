import { noUsage, usageColumns } from '#engine/catalogue/index.ts';
import { makeRecord, nameSignals, type RecordOutcome, type RequestRecord } from '#engine/signals/index.ts';
import { someSignals } from '../../engine/builders.ts';

const served: RecordOutcome = {
  id: 'r-1',
  sandbox: false,
  'decision.policy': 'support',
  'decision.version': 1,
  'decision.hash': 'abc',
  'decision.path': 'task:code>opus',
  'decision.targets': ['anthropic/claude-opus-5'],
  'decision.shadow': '',
  'outcome.status': 'served',
  'outcome.target': 'anthropic/claude-opus-5',
  'outcome.error': '',
  'outcome.http_status': 200,
  'outcome.attempts': '[]',
  'outcome.dropped': [],
  'outcome.notes': [],
  ...usageColumns(noUsage),
  'usage.input_tokens': 800,
  'usage.output_tokens': 120,
  'usage.source': 'provider',
  'cost.nano_usd': 1_000,
  'cost.price_book': 'test',
  'latency.total_ms': 100,
  'latency.first_token_ms': 20,
};

/** A served request. Apart from the other builders, so that a process without the test runner can use it. */
export function aPlainRecord(id: string): RequestRecord {
  return { ...makeRecord(nameSignals(someSignals()), served), id };
}
