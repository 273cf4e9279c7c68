import { appendFileSync, copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConfigStore } from '#server/store/lowdb/open-config-store.ts';
import { aFolder } from '../../store/builders.ts';

const change = (subject: string) => ({
  actor: 'ann',
  action: 'team.create',
  subject,
  before: null,
  after: {},
});

async function aFolderWith(...subjects: readonly string[]) {
  const folder = aFolder();
  const store = await openConfigStore({ folder });
  for (const subject of subjects) await store.update(change(subject), (state) => state);
  await store.close();
  const log = join(folder, 'audit.jsonl');
  return {
    folder,
    log,
    config: join(folder, 'config.json'),
    lines: () => readFileSync(log, 'utf8').split('\n'),
  };
}

async function reopened(folder: string) {
  const warnings: string[] = [];
  const store = await openConfigStore({ folder, onWarning: (sentence) => warnings.push(sentence) });
  const report = await store.audit.verify();
  const { entries } = await store.audit.page({ limit: 20 });
  return { warnings, report, subjects: entries.map(({ subject }) => subject).reverse(), store };
}

describe('audit log and configuration', () => {
  it('are written apart, the log for its owner alone', async () => {
    const { config, log, lines } = await aFolderWith('a', 'b');
    expect(lines()).toHaveLength(3);
    expect(statSync(log).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(config, 'utf8')).audit).toMatchObject({
      sequence: 2,
      last: { subject: 'b' },
    });
  });

  it('agree again after a crash between the two writes', async () => {
    const { folder, log, lines } = await aFolderWith('a', 'b', 'c');
    writeFileSync(log, `${lines().slice(0, 2).join('\n')}\n`);
    const { report, subjects, warnings, store } = await reopened(folder);
    expect([report.ok, subjects]).toEqual([true, ['a', 'b', 'c']]);
    expect(warnings).toEqual([expect.stringContaining('lacked entry 3')]);
    await store.close();
  });

  it('agree again after a crash in the middle of a line', async () => {
    const { folder, log, lines } = await aFolderWith('a', 'b');
    writeFileSync(log, `${lines()[0]}\n${lines()[1]!.slice(0, 40)}`);
    const { report, subjects, warnings, store } = await reopened(folder);
    expect([report.ok, subjects]).toEqual([true, ['a', 'b']]);
    expect(warnings).toEqual([
      'The audit log had 40 bytes of an unfinished last line; they were taken off.',
      expect.stringContaining('lacked entry 2'),
    ]);
    await store.close();
  });

  it('do not agree when more is gone than a crash can take, and go on with the gap showing', async () => {
    const { folder, log, lines } = await aFolderWith('a', 'b', 'c', 'd');
    writeFileSync(log, `${lines()[0]}\n`);
    const { report, warnings, store } = await reopened(folder);
    expect(report).toMatchObject({ ok: false, broken: { sequence: 2, kind: 'missing' } });
    expect(warnings).toEqual([expect.stringContaining('entries were removed or replaced')]);
    await store.update(change('e'), (state) => state);
    expect((await store.audit.verify()).broken).toMatchObject({ sequence: 2 });
    expect((await store.audit.page({ limit: 1 })).entries).toMatchObject([{ sequence: 5, subject: 'e' }]);
    await store.close();
  });

  it('put it on record when the configuration came from a backup', async () => {
    const { folder, config } = await aFolderWith('a', 'b', 'c');
    copyFileSync(join(folder, 'config.backup.json'), config);
    const { report, subjects, warnings, store } = await reopened(folder);
    expect([report.ok, subjects]).toEqual([true, ['a', 'b', 'c', 'configuration']]);
    expect(warnings).toEqual([expect.stringContaining('going back to a backup')]);
    await store.close();
  });

  it('take over what an earlier release kept in the configuration, also when that was cut off', async () => {
    const { folder, config, log, lines } = await aFolderWith('x');
    const at = '2026-01-01T00:00:00Z';
    const audit = ['a', 'b', 'c'].map((subject) => ({ at, ...change(subject) }));
    const old = { ...JSON.parse(readFileSync(config, 'utf8')), audit };
    writeFileSync(log, '');
    writeFileSync(config, JSON.stringify(old));
    await (await reopened(folder)).store.close();
    const whole = lines();
    writeFileSync(log, `${whole[0]}\n`);
    writeFileSync(config, JSON.stringify(old));
    const { report, subjects, store } = await reopened(folder);
    expect([report.ok, subjects, lines()]).toEqual([true, ['a', 'b', 'c'], whole]);
    await store.close();
  });

  it('start with a log that somebody wrote into, and name the place', async () => {
    const { folder, log } = await aFolderWith('a');
    appendFileSync(log, 'not an entry\n');
    const { report, store } = await reopened(folder);
    expect(report).toMatchObject({ ok: false, broken: { line: 2, kind: 'unreadable' } });
    await store.close();
  });

  it('save neither when the change is refused', async () => {
    const { folder } = await aFolderWith('a');
    const { store } = await reopened(folder);
    const refused = store.update(change('b'), () => {
      throw new Error('no');
    });
    await expect(refused).rejects.toThrow('no');
    expect(await store.audit.verify()).toMatchObject({ ok: true, entries: 1 });
    await store.close();
  });
});
