import { hash } from 'node:crypto';
import { StartError } from '../errors.ts';
import { boundTo } from '../governance/secrets/reseal.ts';
import { keyIdOf, type SecretBox } from '../governance/secrets/secret-box.ts';
import type { ConfigStore, Configuration } from '../store/config-store.ts';
import { readBackup } from './backup-file.ts';

export interface Restored {
  /** How many there are of each part that is a list. */
  readonly parts: Readonly<Record<string, number>>;
  /** The salt is another one than before: running gateways have to be started anew. */
  readonly saltChanged: boolean;
  /** Master keys that providers' keys are sealed with and that are not here, with how many each. */
  readonly unopened: Readonly<Record<string, number>>;
  /** The file has no providers' keys. */
  readonly secretsLeftOut: boolean;
}

/**
 * Puts the configuration of a file in the place of what is there, as one change that is on record.
 *
 * @throws {StartError} for a file that is none, and where there is a configuration already and `replace` is not set.
 */
export async function restoreBackup(
  store: Pick<ConfigStore, 'read' | 'update'>,
  file: { readonly path: string; readonly text: string },
  options: { readonly replace: boolean; readonly actor: string; readonly secrets: SecretBox },
): Promise<Restored> {
  const { backup, configuration } = readBackup(file.text, file.path);
  const before = store.read();
  const present = countParts(before);
  if (!options.replace && Object.keys(present).length > 0) {
    throw new StartError(
      `There is a configuration already (${describe(present)}). Add --replace to put the file in its place; export it first to be able to go back.`,
    );
  }
  const parts = countParts(configuration);
  await store.update(
    {
      actor: options.actor,
      action: 'configuration.restore',
      subject: 'configuration',
      before: present,
      after: {
        ...parts,
        exportedAt: backup.exportedAt,
        audit: backup.audit,
        sha256: hash('sha256', file.text),
      },
    },
    ({ audit }) => ({ ...configuration, audit }),
  );
  return {
    parts,
    saltChanged: configuration.salt !== before.salt,
    unopened: unopenedIn(configuration, options.secrets),
    secretsLeftOut: backup.secrets === 'left out',
  };
}

/** Lists that hold something, by name. */
export function countParts(state: Configuration): Readonly<Record<string, number>> {
  const lists = Object.entries(state).filter(([, value]) => Array.isArray(value) && value.length > 0);
  return Object.fromEntries(lists.map(([part, value]) => [part, value.length]));
}

/** `policies: 3, keys: 12`. */
export function describe(parts: Readonly<Record<string, number>>): string {
  const said = Object.entries(parts).map(([part, count]) => `${part}: ${count}`);
  return said.length === 0 ? 'nothing yet' : said.join(', ');
}

/** Master keys that are not here, with how many of the providers' keys are sealed with each. */
export function unopenedIn(
  { providers }: Configuration,
  secrets: SecretBox,
): Readonly<Record<string, number>> {
  const unopened: Record<string, number> = {};
  for (const { id, keys } of providers) {
    for (const { sealed } of keys) {
      if (opens(secrets, sealed, boundTo(id))) continue;
      unopened[keyIdOf(sealed)] = (unopened[keyIdOf(sealed)] ?? 0) + 1;
    }
  }
  return unopened;
}

function opens(secrets: SecretBox, sealed: string, bound: string): boolean {
  try {
    secrets.open(sealed, bound);
    return true;
  } catch {
    return false;
  }
}
