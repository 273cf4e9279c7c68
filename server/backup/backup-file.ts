import { z } from 'zod';
import { messageOf, StartError } from '../errors.ts';
import { noAnchor } from '../governance/audit/anchored-log.ts';
import type { Configuration } from '../store/config-store.ts';
import { ConfigurationShape } from '../store/configuration.ts';

/** What a file of `waybill export` holds. */
const BackupShape = z.strictObject({
  kind: z.literal('waybill configuration'),
  format: z.literal(1),
  release: z.string(),
  /** ISO 8601. */
  exportedAt: z.string(),
  /** Keys of providers: sealed with the master key of where they come from, or not in the file. */
  secrets: z.enum(['sealed', 'left out']),
  /** Where the audit stood; the audit itself is not in the file. */
  audit: z.strictObject({ sequence: z.number().int(), hash: z.string() }),
  configuration: z.record(z.string(), z.unknown()),
});
export type Backup = Readonly<z.output<typeof BackupShape>>;

/** Parts that belong to where they are: the audit has a chain there, and whoever is signed in signs in again. */
const staying: ReadonlySet<string> = new Set(['audit', 'sessions']);

/** The configuration as a file holds it. */
export function backupOf(
  state: Configuration,
  { release, exportedAt, secrets }: Pick<Backup, 'release' | 'exportedAt' | 'secrets'>,
): Backup {
  const kept = secrets === 'sealed' ? state : withoutSecrets(state);
  const { sequence, hash } = state.audit;
  return {
    kind: 'waybill configuration',
    format: 1,
    release,
    exportedAt,
    secrets,
    audit: { sequence, hash },
    configuration: Object.fromEntries(Object.entries(kept).filter(([part]) => !staying.has(part))),
  };
}

function withoutSecrets(state: Configuration): Configuration {
  const { providers, signOn } = state;
  return {
    ...state,
    providers: providers.map((provider) => ({ ...provider, keys: [] })),
    signOn: signOn === null ? null : { ...signOn, sealedSecret: null },
  };
}

/**
 * Reads the text of a file.
 *
 * @throws {StartError} for anything that is no backup of this release: what is wrong and where.
 */
export function readBackup(text: string, path: string): { backup: Backup; configuration: Configuration } {
  const backup = BackupShape.safeParse(parseJson(text, path));
  if (!backup.success) throw notOne(path, backup.error);
  const configuration = ConfigurationShape.safeParse({ ...backup.data.configuration, audit: noAnchor });
  if (!configuration.success) throw notOne(path, configuration.error);
  return { backup: backup.data, configuration: configuration.data };
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StartError(
      `${path} is not JSON: ${messageOf(cause)}. Name a file that "waybill export" wrote.`,
      {
        cause,
      },
    );
  }
}

function notOne(path: string, { issues: [issue] }: z.ZodError): StartError {
  const where = issue?.path.map(String).join('.') ?? '';
  return new StartError(
    `${path} is no configuration that this release reads: ${where === '' ? '' : `${where}: `}${issue?.message ?? ''}. Nothing was changed.`,
  );
}
