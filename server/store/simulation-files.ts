import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KeptSimulation, SimulationHead } from '../contract/simulations.ts';
import { headOf, mostSimulations, type SimulationStore } from './simulation-store.ts';

/**
 * Kept what-ifs as files of a folder: `<time>-<id>.json` each, and beside it the part that lists show. A file that cannot
 * be read (of another release) is passed over in lists.
 */
export function openSimulationFiles(folder: string, most = mostSimulations): SimulationStore {
  const names = async () =>
    (await readdir(folder).catch(() => [])).filter((name) => namePattern.test(name)).sort();
  const fileOf = async (id: string) => (await names()).find((name) => name.endsWith(`-${id}.json`));
  return {
    put: async (simulation) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = `${String(Date.parse(simulation.at)).padStart(15, '0')}-${simulation.id}`;
      await writeWhole(join(folder, `${name}.head`), headOf(simulation));
      await writeWhole(join(folder, `${name}.json`), simulation);
      const all = await names();
      for (const oldest of all.slice(0, Math.max(0, all.length - most))) {
        await rm(join(folder, oldest), { force: true });
        await rm(join(folder, oldest.replace(/json$/, 'head')), { force: true });
      }
    },
    find: async (id) => {
      const name = /^[\w-]+$/.test(id) ? await fileOf(id) : undefined;
      if (name === undefined) return undefined;
      return KeptSimulation.safeParse(await readJson(join(folder, name))).data;
    },
    list: async () => {
      const heads: SimulationHead[] = [];
      for (const name of (await names()).reverse()) {
        const head = SimulationHead.safeParse(await readJson(join(folder, name.replace(/json$/, 'head'))));
        if (head.success) heads.push(head.data);
      }
      return heads;
    },
  };
}

const namePattern = /^\d{15}-[\w-]+\.json$/;

async function writeWhole(path: string, value: unknown): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  await rename(`${path}.new`, path);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
