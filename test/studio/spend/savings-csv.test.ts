import { expect, it } from 'vitest';
import { savingsCsv } from '../../../studio/spend/savings-csv.ts';

const answer = {
  from: 0,
  to: 86_400_000,
  policy: 'all',
  requests: 10,
  actual: 1_500_000_000,
  routing: 1_000_000,
  other: { cost: 4_000_000_000, low: 3_000_000_000, high: 5_000_000_000 },
  saved: { net: 2_500_000_000, low: 1_500_000_000, high: 3_500_000_000, gross: 2_501_000_000 },
  coverage: 0.9,
  assumptions: ['Output is as long, "give or take".'],
};

it('a savings report is exported with its interval and what it rests on, names quoted and harmless', () => {
  const lines = savingsCsv(answer, { baseline: '=cmd()', looked: 'Support, v2' }).split('\r\n');
  expect(lines).toContain("baseline,'=cmd()");
  expect(lines).toContain('looked at,"Support, v2"');
  expect(lines).toContain('"saved, net of routing, USD",2.500000000');
  expect(lines).toContain('"saved at least (95 %), USD",1.500000000');
  expect(lines).toContain('rests on,"Output is as long, ""give or take""."');
});
