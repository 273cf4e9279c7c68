import { builtinModules } from 'node:module';
import { isAbsolute } from 'node:path';
import { defineConfig } from 'vite';
import { workerEntries } from './worker/start-worker.ts';

const here = new URL('.', import.meta.url).pathname;

/** The server as plain modules in `dist/server`: the command line, and one entry a thread. node_modules stay outside. */
export default defineConfig({
  root: here,
  build: {
    ssr: true,
    outDir: '../dist/server',
    emptyOutDir: true,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: {
        cli: `${here}cli.ts`,
        ...Object.fromEntries(Object.entries(workerEntries).map(([name, path]) => [name, `${here}${path}`])),
      },
      external: (id: string) =>
        builtinModules.includes(id.replace(/^node:/, '')) || (/^[@a-z]/i.test(id) && !isAbsolute(id)),
      output: {
        entryFileNames: '[name].mjs',
        chunkFileNames: '[name]-[hash].mjs',
      },
    },
  },
});
