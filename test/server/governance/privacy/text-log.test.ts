import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeMemoryTextLog } from '#server/governance/privacy/make-memory-text-log.ts';
import { openTextLog } from '#server/governance/privacy/open-text-log.ts';
import { makeTextCipher } from '#server/governance/privacy/text-cipher.ts';
import { aFolder, silent } from '../../store/builders.ts';
import { filesBelow } from './canary.ts';
import { aText, describeTextLog } from './text-log-conformance.ts';

describeTextLog('memory', makeMemoryTextLog);
describeTextLog('the folder', () => openTextLog({ folder: aFolder(), logger: silent }));

const everything = (folder: string) =>
  filesBelow(folder)
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');

describe('texts on disk', () => {
  it('cannot be read without the key, and by nobody but this user', async () => {
    const folder = aFolder();
    const log = openTextLog({ folder, logger: silent });
    log.append(aText('a', { answer: 'strawberries', team: '../../up' }));
    await log.close();
    expect(everything(folder)).not.toContain('strawberries');
    expect(filesBelow(folder).length).toBe(2);
    for (const path of filesBelow(folder)) expect(statSync(path).mode & 0o077).toBe(0);
    const again = openTextLog({ folder, logger: silent });
    expect((await again.newest('../../up', 1))[0]?.answer).toBe('strawberries');
  });

  it('are gone from it when they are purged or erased, the sealed ones too', async () => {
    const folder = aFolder();
    const log = openTextLog({ folder, logger: silent });
    log.append(aText('gone'));
    log.append(aText('stays', { key: 'cd' }));
    await log.flush();
    await log.eraseKey('search', 'ci');
    expect([everything(folder).includes('"gone"'), everything(folder).includes('"stays"')]).toEqual([
      false,
      true,
    ]);
    await log.purge(Date.UTC(2027, 0, 1), new Map([['search', 30]]));
    expect(filesBelow(join(folder, 'texts'))).toEqual([]);
  });

  it('are read up to where a killed process stopped writing', async () => {
    const folder = aFolder();
    const log = openTextLog({ folder, logger: silent });
    log.append(aText('whole'));
    await log.flush();
    const [path = ''] = filesBelow(join(folder, 'texts'));
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"id":"half","at":1`);
    expect((await log.newest('search', 9)).map(({ id }) => id)).toEqual(['whole']);
  });

  it('open nowhere but at their place', () => {
    const cipher = makeTextCipher(Buffer.alloc(32, 7));
    const sealed = cipher.seal('strawberries', 'a\nsearch');
    expect(cipher.open(sealed, 'a\nsearch')).toBe('strawberries');
    expect(() => cipher.open(sealed, 'b\nsearch')).toThrow();
    expect(() => cipher.open(`${sealed.slice(0, -6)}AAAAA=`, 'a\nsearch')).toThrow();
    expect(cipher.seal('strawberries', 'a\nsearch')).not.toBe(sealed);
  });
});
