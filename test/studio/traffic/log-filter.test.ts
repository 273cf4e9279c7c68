import { describe, expect, it } from 'vitest';
import {
  filterFields,
  readFilter,
  readValue,
  valueText,
  withField,
  writeFilter,
} from '../../../studio/traffic/log-filter.ts';

const field = (name: string) => filterFields.find((one) => one.name === name)!;

describe('the filter of the log', () => {
  it('is read back from its address as it was', () => {
    const filter = {
      search: 'a b&c',
      status: 'failed',
      team: 'köln',
      tag: 'x=1',
      version: 3,
      minCost: 5_000_000,
      from: 1_764_000_000_000,
    } as const;
    expect(readFilter(writeFilter(filter))).toEqual(filter);
  });

  it('leaves out what an address states wrongly, and keeps what else stands there', () => {
    expect(readFilter('?status=odd&minCost=-1&version=x&team=&to=1e3')).toEqual({});
    expect(writeFilter({ team: 'ops' }, 'request=r1&status=failed')).toBe('request=r1&team=ops');
  });

  it('takes dollars, seconds and whole numbers as people type them', () => {
    expect(readValue(field('minCost'), '$0.05')).toEqual({ value: 50_000_000 });
    expect(readValue(field('minLatency'), ' 2.5 ')).toEqual({ value: 2_500 });
    expect(readValue(field('version'), '3')).toEqual({ value: 3 });
    expect(readValue(field('minCost'), 'much')).toEqual({ problem: 'Dollars, such as 0.05.' });
    expect(readValue(field('team'), '  ')).toHaveProperty('problem');
    expect(valueText(field('minCost'), 50_000_000, 0)).toBe('$0.05');
  });

  it('changes one field and leaves the rest', () => {
    expect(withField({ team: 'a', task: 'code' }, 'team', 'b')).toEqual({ team: 'b', task: 'code' });
    expect(withField({ team: 'a', task: 'code' }, 'team', undefined)).toEqual({ task: 'code' });
  });
});
