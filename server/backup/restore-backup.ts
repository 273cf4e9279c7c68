import { hash } from 'node:crypto';
import { StartError } from '../errors.ts';
import { type KeptSecret, keptSecrets, signOnBound } from '../governance/secrets/reseal.ts';
import { keyIdOf, type SecretBox } from '../governance/secrets/secret-box.ts';
import type { ConfigStore, Configuration } from '../store/config-store.ts';
import { readBackup } from './backup-file.ts';

export interface Restored {
  /** How many there are of each part that is a list. */
  readonly parts: Readonly<Record<string, number>>;
  /** The salt is another one than before: running gateways have to be started anew. */
  readonly saltChanged: boolean;
  /** Master keys that kept secrets are sealed with and that are not here, with how many each. */
  readonly unopened: Readonly<Record<string, number>>;
  /** The one among them that the client secret of single sign-on is sealed with; `null`: none. */
  readonly unopenedSignOn: string | null;
  /** The file has neither providers' keys nor the client secret of single sign-on. */
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
  const unopened = unopenedIn(configuration, options.secrets);
  const signOn = unopened.find(({ bound }) => bound === signOnBound);
  return {
    parts,
    saltChanged: configuration.salt !== before.salt,
    unopened: byMasterKey(unopened),
    unopenedSignOn: signOn === undefined ? null : keyIdOf(signOn.sealed),
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

/** The secrets of a configuration that no master key here opens. */
export function unopenedIn(configuration: Configuration, secrets: SecretBox): readonly KeptSecret[] {
  return keptSecrets(configuration).filter(({ sealed, bound }) => !opens(secrets, sealed, bound));
}

/** `3 of the providers' keys and the client secret of single sign-on are`: the beginning of a sentence about so many secrets. */
export function describeSecrets(count: number, withSignOn: boolean): string {
  const keys = withSignOn ? count - 1 : count;
  const said = [
    ...(keys > 0 ? [`${keys.toLocaleString('en')} of the providers' keys`] : []),
    ...(withSignOn ? ['the client secret of single sign-on'] : []),
  ];
  const sentence = `${said.join(' and ')} ${keys > 0 ? 'are' : 'is'}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function byMasterKey(secrets: readonly KeptSecret[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { sealed } of secrets) counts[keyIdOf(sealed)] = (counts[keyIdOf(sealed)] ?? 0) + 1;
  return counts;
}

function opens(secrets: SecretBox, sealed: string, bound: string): boolean {
  try {
    secrets.open(sealed, bound);
    return true;
  } catch {
    return false;
  }
}
