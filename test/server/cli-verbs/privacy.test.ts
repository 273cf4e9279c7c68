import { describe, expect, it } from 'vitest';
import { privacy } from '#server/cli/privacy.ts';
import { aServer } from '../api/a-server.ts';
import { aRecord } from '../store/builders.ts';
import { runVerb } from './run-verb.ts';

describe('waybill privacy', () => {
  it('reports what a running Waybill holds about a key, and erases it', async () => {
    const { base, log } = await aServer();
    log.append(aRecord({ id: 'a', 'caller.key': 'ci', 'caller.user': 'ada' }));
    const report = await runVerb(privacy, ['report', 'ci', '--url', base]);
    expect([report.code, report.out]).toEqual([
      0,
      expect.stringMatching(/records\s+1.*\n.*name a user\s+1\n/),
    ]);
    const { code, out } = await runVerb(privacy, ['erase', 'ci', '--yes', '--url', base, '--json']);
    expect([code, JSON.parse(out)]).toEqual([0, { records: 1, texts: 0 }]);
    const after = await runVerb(privacy, ['report', 'ci', '--url', base, '--json']);
    expect(JSON.parse(after.out)).toMatchObject({ records: 1, withUser: 0, auditEntries: 1 });
  });

  it('does nothing without --yes, and says what is wrong', async () => {
    const { base } = await aServer();
    expect(await runVerb(privacy, ['erase', 'ci', '--url', base])).toMatchObject({ code: 2 });
    expect(await runVerb(privacy, ['report'])).toMatchObject({ code: 2 });
    await expect(runVerb(privacy, ['report', 'nobody', '--url', base])).rejects.toThrow(
      'Nothing is held about a key "nobody".',
    );
    await expect(runVerb(privacy, ['report', 'x', '--url', 'http://127.0.0.1:9'])).rejects.toThrow(
      'No Waybill answers at',
    );
  });
});
