import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** The threads of the server, by name, with their source file below `server/`. The build makes one entry of each. */
export const workerEntries = {
  'records-worker': 'store/duckdb/records-worker.ts',
  'simulation-worker': 'api/what-if/simulation-worker.ts',
} as const;
export type WorkerName = keyof typeof workerEntries;

/** Starts a thread, from the bundle where we run from it, else from its TypeScript source through tsx. */
export function startWorker(name: WorkerName, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL(`./${name}.mjs`, import.meta.url), { workerData });
  }
  return new Worker(new URL(`../${workerEntries[name]}`, import.meta.url), {
    workerData,
    execArgv: ['--import', registerTsx()],
  });
}

/** Importing `tsx` itself registers in the main thread only (Node 20), so a module of one line calls its API. */
function registerTsx(): string {
  const api = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const module = `import { register } from ${JSON.stringify(pathToFileURL(api).href)}; register();`;
  return `data:text/javascript,${encodeURIComponent(module)}`;
}
