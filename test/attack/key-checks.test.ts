import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeKeyDirectory } from '#server/governance/make-key-directory.ts';
import { hashSecret } from '#server/governance/make-secret.ts';
import { aConfigStore } from '../server/support/fakes.ts';

const root = new URL('../..', import.meta.url).pathname;

/** Sources of what lets somebody in. */
function sources(): readonly (readonly [string, string])[] {
  return ['server/api', 'server/gateway', 'server/governance', 'server/classifiers'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [join(room, name), readFileSync(join(root, room, name), 'utf8')] as const),
  );
}

/** One secret held against another by `===`, which stops at the first letter that differs. */
const comparison =
  /\b(\w*(?:secret|token|password|cookie|signature|csrf))\b\s*[!=]==\s*(?!undefined|null|''|"|true|false|\d)([\w.()]+)/gi;
/** Two texts that the same caller sent, held against each other: there is nothing to find out. */
const known = new Set(['server/gateway/authenticate.ts']);

describe('a key', () => {
  it('is looked up by its hash, so that no guess takes longer for being nearly right', () => {
    const secret = 'wb-timing-0123456789';
    const key = {
      id: 'ci',
      team: 'search',
      project: '',
      tags: [],
      secretSha256: hashSecret(secret),
      prefix: 'wb-',
      createdAt: '',
    };
    const directory = makeKeyDirectory(aConfigStore({ keys: [key as never] }), { keys: [] });
    expect(directory.authenticate(secret)?.key).toBe('ci');
    for (const guess of ['', secret.slice(0, -1), `${secret} `, secret.toUpperCase(), hashSecret(secret)])
      expect(directory.authenticate(guess)).toBeUndefined();
  });

  it('is nowhere compared letter by letter, nor is a token, a password or a signature', () => {
    const found = sources()
      .filter(([path]) => !known.has(path))
      .flatMap(([path, text]) => [...text.matchAll(comparison)].map(([match]) => `${path}: ${match}`));
    expect(found).toEqual([]);
  });
});
