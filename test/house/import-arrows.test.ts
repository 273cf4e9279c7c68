import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What each room may import, beside itself. The map's arrows, from left to right. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'engine/nearest.ts': [],
  'engine/recent-map.ts': [],
  'engine/classify': [],
  'engine/catalogue': ['engine/nearest.ts'],
  'engine/privacy': [],
  'engine/signals': ['engine/classify', 'engine/privacy'],
  'engine/expression': ['engine/signals', 'engine/nearest.ts'],
  'engine/nodes': ['engine/signals', 'engine/expression', 'engine/classify', 'engine/privacy'],
  'engine/policy': ['engine/nodes', 'engine/signals', 'engine/expression'],
  'engine/plan': [
    'engine/policy',
    'engine/nodes',
    'engine/signals',
    'engine/expression',
    'engine/catalogue',
    'engine/recent-map.ts',
  ],
  'engine/simulate': [
    'engine/plan',
    'engine/policy',
    'engine/nodes',
    'engine/signals',
    'engine/expression',
    'engine/catalogue',
  ],
  'engine/explain': [
    'engine/plan',
    'engine/policy',
    'engine/nodes',
    'engine/signals',
    'engine/expression',
    'engine/catalogue',
  ],
  'server/contract': ['engine'],
  server: ['server/contract', 'engine'],
  studio: ['server/contract', 'engine'],
};

function sources(room: string): readonly string[] {
  const files = readdirSync(join(root, room), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => /\.tsx?$/.test(file)).map((file) => join(room, file));
}

function roomOf(file: string): string {
  const rooms = Object.keys(mayImport).sort((left, right) => right.length - left.length);
  return rooms.find((room) => file === room || file.startsWith(`${room}/`)) ?? file;
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)'([^']+)'/g);
  return [...found].flatMap(([, to = '']) => {
    if (to.startsWith('#')) return [to.slice(1)];
    if (to.startsWith('.')) return [relative(root, join(root, dirname(file), to))];
    return [];
  });
}

describe('the rooms', () => {
  const files = ['engine', 'server', 'studio'].flatMap(sources);

  it('import only along the arrows of the map', () => {
    const wrong = files.flatMap((file) => {
      const room = roomOf(file);
      const allowed = [room, ...(mayImport[room] ?? [])];
      return importsOf(file)
        .filter((to) => !allowed.some((one) => to === one || to.startsWith(`${one}/`)))
        .map((to) => `${file} imports ${to}`);
    });
    expect(files.length).toBeGreaterThan(60);
    expect(wrong).toEqual([]);
  });

  it('of the engine use nothing of Node or the browser', () => {
    const wrong = sources('engine').filter((file) =>
      /from '(node:|react|express|undici)/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
