// What `npm start` and `npm run waybill` call: builds what is missing or older than its sources, then runs the command line.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

const parts = {
  studio: {
    output: join(dist, 'studio', 'index.html'),
    sources: ['engine', 'studio', 'server/contract', 'package-lock.json'],
    says: 'Building the studio (first time, about 10 s) …',
  },
  server: {
    output: join(dist, 'server', 'cli.mjs'),
    sources: ['engine', 'server', 'package-lock.json'],
    says: 'Building the server …',
  },
};

/** When a file, or the newest file of a folder, was changed (ms); 0 where there is none. */
function changedAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

function isFresh({ output, sources }) {
  const built = changedAt(output);
  return built > 0 && sources.every((source) => changedAt(join(root, source)) <= built);
}

function build(name) {
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const config = join(root, name, '.vite.config.ts');
  // Standard output belongs to the verb: what it prints may be read by a program.
  execFileSync(process.execPath, [vite, 'build', '--config', config, '--logLevel', 'error'], {
    cwd: root,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  });
}

/** One build at a time: two verbs started together would delete each other's files. */
async function buildStale(names) {
  mkdirSync(dist, { recursive: true });
  const lock = join(dist, '.building');
  for (;;) {
    const stale = names.filter((name) => !isFresh(parts[name]));
    if (stale.length === 0) return;
    try {
      mkdirSync(lock);
    } catch {
      if (Date.now() - changedAt(lock) > 120_000) rmSync(lock, { recursive: true, force: true });
      else await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    try {
      for (const name of stale) {
        process.stderr.write(`${parts[name].says}\n`);
        build(name);
      }
      return;
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
}

if (!existsSync(join(root, 'node_modules', 'vite'))) {
  process.stderr.write('The dependencies are not installed yet. Run "npm ci" first.\n');
  process.exit(1);
}
try {
  await buildStale(process.argv[2] === 'start' ? ['studio', 'server'] : ['server']);
} catch {
  process.stderr.write('The build failed; see above.\n');
  process.exit(1);
}
process.env.NODE_ENV ??= 'production';
process.setSourceMapsEnabled(true);
await import(pathToFileURL(parts.server.output).href);
