import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';

const configFile = fileURLToPath(new URL('../../studio/.vite.config.ts', import.meta.url));
const budget = 250_000;

async function chunksOfStudio(): Promise<readonly Rolldown.OutputChunk[]> {
  const built = await build({ configFile, logLevel: 'silent', build: { write: false } });
  if (!('output' in built)) throw new Error('The build of the studio gave no single output.');
  return built.output.filter((part) => part.type === 'chunk');
}

/** A chunk and everything it cannot run without. */
function loadedBy(chunks: readonly Rolldown.OutputChunk[], start: Rolldown.OutputChunk) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const found = new Set<Rolldown.OutputChunk>();
  const waiting: readonly string[][] = [[start.fileName]];
  for (const names of waiting)
    for (const name of names) {
      const chunk = byName.get(name);
      if (chunk === undefined || found.has(chunk)) continue;
      found.add(chunk);
      names.push(...chunk.imports);
    }
  return [...found];
}

describe('the first view', () => {
  it('is drawn from less than 250 kB of gzipped JavaScript, without engine, schemas or canvas', {
    timeout: 120_000,
  }, async () => {
    const chunks = await chunksOfStudio();
    const entry = chunks.find(
      (chunk) => chunk.isEntry && chunk.facadeModuleId?.endsWith('index.html') === true,
    );
    if (entry === undefined) throw new Error('The build has no entry.');
    const loaded = loadedBy(chunks, entry);
    const octets = loaded.reduce((sum, chunk) => sum + gzipSync(chunk.code).length, 0);
    expect(octets).toBeGreaterThan(50_000);
    expect(octets).toBeLessThan(budget);
    const modules = loaded.flatMap((chunk) => chunk.moduleIds);
    expect(modules.filter((id) => /\/(zod|@xyflow|monaco-editor|@marcbachmann)\//.test(id))).toEqual([]);
  });
});
