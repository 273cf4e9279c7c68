import { describe, expect, it } from 'vitest';
import { makeRecord } from '#engine/signals/index.ts';
import { recordLine } from '#server/store/duckdb/record-line.ts';
import { aPlainRecord } from '../plain-record.ts';

const health = {
  'health.providers': ['openai', '*'],
  'health.open': [],
  'health.error_rate': { 'openai/gpt-5': 0.25, 'a"b/c': 1e-9 },
  'health.first_token_ms': { 'openai/gpt-5': 812.5 },
  'health.tokens_per_second': {},
} as const;

describe('the line of a record', () => {
  it('says what JSON.stringify says, with and without the health of targets', () => {
    const plain = aPlainRecord('r1');
    const full = makeRecord({ ...plain, ...health }, plain);
    for (const record of [plain, full, full, makeRecord({ ...plain, 'health.open': [] }, plain)]) {
      expect(JSON.parse(recordLine(record))).toEqual(JSON.parse(JSON.stringify(record)));
    }
  });

  it('keeps columns apart that share one empty value', () => {
    const nothing = Object.freeze({});
    const plain = aPlainRecord('r1');
    const record = makeRecord(
      { ...plain, ...health, 'health.error_rate': nothing, 'health.first_token_ms': nothing },
      plain,
    );
    for (let time = 0; time < 3; time += 1) {
      expect(JSON.parse(recordLine(record))).toEqual(JSON.parse(JSON.stringify(record)));
    }
  });
});
