import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import {
  makeRecord,
  type NamedSignals,
  nameSignals,
  type RecordOutcome,
  type RequestRecord,
} from '#engine/signals/index.ts';
import { someSignals } from '../../engine/builders.ts';

export const silent = pino({ level: 'silent' });

/** A folder that is gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const served: RecordOutcome = {
  id: 'r-1',
  sandbox: false,
  'decision.policy': 'support',
  'decision.version': 1,
  'decision.hash': 'abc',
  'decision.path': 'task:code>opus',
  'decision.targets': ['anthropic/claude-opus-5'],
  'outcome.status': 'served',
  'outcome.target': 'anthropic/claude-opus-5',
  'outcome.error': '',
  'outcome.http_status': 200,
  'outcome.attempts': '[]',
  'usage.input_tokens': 800,
  'usage.cache_read_tokens': 0,
  'usage.cache_write_5m_tokens': 0,
  'usage.cache_write_1h_tokens': 0,
  'usage.output_tokens': 120,
  'usage.reasoning_tokens': 0,
  'usage.source': 'provider',
  'cost.nano_usd': 1_000,
  'cost.price_book': 'test',
  'latency.total_ms': 100,
  'latency.first_token_ms': 20,
};

/** A served request; takes only what differs. */
export function aRecord(different: Partial<RequestRecord> = {}): RequestRecord {
  const signals: NamedSignals = nameSignals(someSignals());
  return { ...makeRecord(signals, served), ...different };
}
