import { expect, it } from 'vitest';
import { changesCsv } from '../../../studio/simulate/changes-csv.ts';

const change = {
  id: 'r1',
  at: Date.UTC(2026, 10, 22, 9, 30),
  team: '=HYPERLINK("http://x")',
  task: 'code',
  path_before: 'task:code > gpt',
  path_after: 'task:code > haiku',
  target_before: 'openai/gpt-5.5',
  target_after: 'anthropic/claude-haiku-4-5',
  cost_before: 1_500_000,
  cost_after: null,
  evidence: 'modelled',
  differs_at: 'gpt',
} as const;

it('changed decisions are saved with units in the heads, and names that no spreadsheet takes for formulas', () => {
  const [head, line, end] = changesCsv([{ ...change }]).split('\r\n');
  expect(head).toContain('cost_before_nano_usd,cost_after_nano_usd');
  expect(line).toBe(
    'r1,2026-11-22T09:30:00.000Z,"\'=HYPERLINK(""http://x"")",code,task:code > gpt,task:code > haiku,gpt,openai/gpt-5.5,anthropic/claude-haiku-4-5,1500000,,modelled',
  );
  expect(end).toBe('');
});
