import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calibrate } from '#server/cli/calibrate.ts';
import { simulate } from '#server/cli/simulate.ts';
import { aRecord } from '../../engine/simulate/builders.ts';
import { aFile, aFolder, runVerb, shippedPath } from './run-verb.ts';

const log = Array.from({ length: 400 }, (_, row) =>
  JSON.stringify(
    aRecord({
      id: `r${row}`,
      'time.at': 1_790_000_000_000 + 60_000 * row,
      'session.id': `s${row >> 1}`,
      'task.label': row % 3 === 0 ? 'code' : 'translation',
      'request.input_tokens': 900 + ((row * 31) % 200),
      'usage.input_tokens': 950 + ((row * 31) % 200),
      'usage.output_tokens': (row % 3 === 0 ? 300 : 80) + ((row * 7) % 23),
    }),
  ),
).join('\n');

describe('waybill calibrate', () => {
  it('fits on a part, tests on the rest, and keeps estimates that simulate takes', async () => {
    const records = aFile('log.jsonl', log);
    const out = join(aFolder(), 'estimates.json');
    const shown = await runVerb(calibrate, ['--records', records, '--out', out]);
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('Fitted on 200 requests, tested on 200.');
    expect(shown.out).toMatch(/openai\/gpt-5-mini +200 .*inside/);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ format: 1, kind: 'fitted', records: 200 });
    const args = ['--candidate', shippedPath('support'), '--records', records, '--json'];
    const whatIf = await runVerb(simulate, [...args, '--estimates', out]);
    expect(whatIf.err).toBe('');
    expect(JSON.parse(whatIf.out)).toMatchObject({ records: 400 });
  });

  it('splits by session when told, and tells all as JSON', async () => {
    const shown = await runVerb(calibrate, [
      '--records',
      aFile('log.jsonl', log),
      '--by',
      'session',
      '--json',
    ]);
    const report = JSON.parse(shown.out);
    expect(report.fitted_on + report.tested_on).toBe(400);
    expect(report.targets[0]).toMatchObject({ target: 'openai/gpt-5-mini', inside: true });
    const { forecast, actual } = report.targets[0];
    expect(Math.abs(forecast / actual - 1)).toBeLessThan(0.05);
  });

  it('says what is wrong with its arguments and with a file that holds no estimates', async () => {
    expect((await runVerb(calibrate, [])).err).toContain('--records is missing.');
    const share = await runVerb(calibrate, ['--records', 'x', '--split', '1.5']);
    expect(share).toMatchObject({ code: 2, err: expect.stringContaining('between 0 and 1, not "1.5"') });
    const records = aFile('log.jsonl', log);
    const args = ['--candidate', shippedPath('support'), '--records', records];
    const wrong = await runVerb(simulate, [...args, '--estimates', aFile('e.json', { format: 1 })]);
    expect(wrong.code).toBe(1);
    expect(wrong.err).toContain('These are not estimates');
  });
});
