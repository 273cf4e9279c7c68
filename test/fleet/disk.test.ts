import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openRecordLog } from '#server/store/duckdb/open-record-log.ts';
import { openConfigStore } from '#server/store/lowdb/open-config-store.ts';
import { aFolder, aRecord, silent } from '../server/store/builders.ts';
import { withAlias } from '../server/store/config-store-conformance.ts';

/** What every file that is opened for writing meets: nothing, a full disk, or one that answers when it is told to. */
const disk = vi.hoisted(() => ({ before: async (): Promise<void> => undefined }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const open: typeof real.open = async (...args) => {
    const file = await real.open(...args);
    return new Proxy(file, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if (name !== 'write' && name !== 'writeFile' && name !== 'appendFile') return value.bind(target);
        return async (...given: unknown[]) => {
          await disk.before();
          return value.apply(target, given);
        };
      },
    });
  };
  return { ...real, open, default: { ...real, open } };
});

afterEach(() => {
  disk.before = async () => undefined;
});

const full = async () => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};
const audit = { actor: 'test', action: 'deployment.write', subject: 'auto', before: null, after: null };

describe('a disk that is full', () => {
  it('refuses changes, keeps the configuration as it was, and takes them again when there is room', async () => {
    const folder = aFolder();
    const store = await openConfigStore({ folder });
    await store.update(audit, withAlias('auto'));
    const before = readFileSync(join(folder, 'config.json'), 'utf8');
    disk.before = full;
    await expect(store.update(audit, withAlias('other'))).rejects.toThrow(/no space left/);
    expect(store.read().deployments).toHaveLength(1);
    expect(readFileSync(join(folder, 'config.json'), 'utf8')).toBe(before);
    disk.before = async () => undefined;
    await store.update(audit, withAlias('other'));
    await store.close();
    const again = await openConfigStore({ folder });
    expect(again.read().deployments).toHaveLength(2);
    expect(await again.audit.verify()).toMatchObject({ ok: true, entries: 2 });
    await again.close();
  });

  it('keeps records in memory and loses none once there is room', async () => {
    const log = await openRecordLog({ folder: aFolder(), logger: silent });
    log.append(aRecord({ id: 'before' }));
    await log.flush();
    disk.before = full;
    for (let index = 0; index < 500; index += 1) log.append(aRecord({ id: `r${index}` }));
    await expect(log.flush()).rejects.toThrow(/no space left/);
    expect(await log.count()).toBe(1);
    disk.before = async () => undefined;
    await log.flush();
    expect(await log.count()).toBe(501);
    await log.close();
  });
});

describe('a disk that is slow', () => {
  it('holds no request up: records are taken while a write hangs, and are all there afterwards', async () => {
    const log = await openRecordLog({ folder: aFolder(), logger: silent });
    let answer: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      answer = resolve;
    });
    disk.before = () => hanging;
    log.append(aRecord({ id: 'first' }));
    const flushed = log.flush();
    for (let index = 0; index < 1_000; index += 1) log.append(aRecord({ id: `r${index}` }));
    expect(await Promise.race([flushed.then(() => 'written'), Promise.resolve('waiting')])).toBe('waiting');
    answer();
    await flushed;
    await log.flush();
    expect(await log.count()).toBe(1_001);
    await log.close();
  });

  it('answers reads of the configuration while a change hangs, and says that it is saved when it is', async () => {
    const store = await openConfigStore({ folder: aFolder() });
    let answer: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      answer = resolve;
    });
    disk.before = () => hanging;
    const saved = store.update(audit, withAlias('auto'));
    await Promise.resolve();
    expect(store.read().deployments).toHaveLength(0);
    answer();
    expect((await saved).deployments).toHaveLength(1);
    await store.close();
  });
});
