import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { audit } from '#server/cli/audit.ts';
import { openConfigStore } from '#server/store/lowdb/open-config-store.ts';
import { aFolder } from '../store/builders.ts';

async function aDataFolder() {
  const folder = aFolder();
  const store = await openConfigStore({ folder });
  for (const subject of ['a', 'b', 'c', 'd'])
    await store.update(
      { actor: 'ann', action: 'team.create', subject, before: null, after: {} },
      (state) => state,
    );
  return { folder, store, log: join(folder, 'audit.jsonl') };
}

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const sink = { write: (text: string) => out.push(text) };
  const code = await audit.run(args, { stdout: sink, stderr: sink, stdin: process.stdin, isTerminal: false });
  return { code, text: out.join('') };
}

describe('waybill audit verify', () => {
  it('reads a data folder that is in use, and an exported file', async () => {
    const { folder, store, log } = await aDataFolder();
    expect(await run('verify', folder)).toEqual({
      code: 0,
      text: `The chain holds: 4 entries, the last with hash ${store.read().audit.hash}.\n`,
    });
    expect((await run('verify', log)).code).toBe(0);
    await store.close();
  });

  it('names the first broken entry and exits with 1', async () => {
    const { folder, store, log } = await aDataFolder();
    await store.close();
    writeFileSync(log, readFileSync(log, 'utf8').replace('"subject":"b"', '"subject":"x"'));
    const { code, text } = await run('verify', folder, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(text)).toMatchObject({
      ok: false,
      entries: 1,
      broken: { sequence: 2, kind: 'changed' },
    });
  });

  it('notices a tail that is gone, and waits for the one entry that a running server still holds', async () => {
    const { folder, store, log } = await aDataFolder();
    await store.close();
    const lines = readFileSync(log, 'utf8').split('\n');
    writeFileSync(log, `${lines.slice(0, 3).join('\n')}\n`);
    expect((await run('verify', folder)).code).toBe(0);
    writeFileSync(log, `${lines.slice(0, 2).join('\n')}\n`);
    expect(await run('verify', folder)).toEqual({
      code: 1,
      text: 'The chain is broken at entry 3. Entries 3 to 4 are missing at the end: the configuration knows of 4 entries.\n',
    });
  });

  it('finds a log that was written anew as a whole by a hash noted before', async () => {
    const { folder, store } = await aDataFolder();
    const noted = store.read().audit.hash;
    expect((await run('verify', folder, '--expect', noted)).code).toBe(0);
    expect(await run('verify', folder, '--expect', 'f'.repeat(64))).toMatchObject({
      code: 1,
      text: expect.stringContaining('written anew'),
    });
    await store.close();
  });

  it('says what is wrong with its arguments', async () => {
    expect((await run('prove')).code).toBe(2);
    await expect(run('verify', '/nowhere')).rejects.toThrow('There is no /nowhere');
    await expect(run('verify', aFolder())).rejects.toThrow('holds no audit.jsonl');
  });
});
