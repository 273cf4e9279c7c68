import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of Waybill's own package.json, from the sources and from the bundle alike. */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The version in package.json. */
export const packageVersion: string = readVersion();

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('There is no package.json above the server.');
  return findRoot(parent);
}

function readVersion(): string {
  const { version }: { readonly version: string } = JSON.parse(
    readFileSync(join(packageRoot, 'package.json'), 'utf8'),
  );
  return version;
}
