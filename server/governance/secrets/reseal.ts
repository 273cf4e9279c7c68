import { randomBytes } from 'node:crypto';
import type { ConfigStore, Configuration } from '../../store/config-store.ts';
import { openMasterKeys, readKeyFile, writeKeyFile } from './master-keys.ts';
import { keyId, keyIdOf, makeSecretBox, type SecretBox } from './secret-box.ts';

export interface Resealed {
  /** Secrets that have a new seal. */
  readonly secrets: number;
  /** Id of the master key that seals now. */
  readonly masterKey: string;
}

/**
 * Seals every secret anew. The key file gets a new master key first, and loses the old ones when everything is saved: a
 * crash at any point leaves both there. A key in WAYBILL_SECRET_KEY is changed by whoever sets it (`new,old`).
 *
 * @throws {SecretError} when one cannot be opened; nothing is changed then.
 */
export async function resealSecrets(
  store: Pick<ConfigStore, 'read' | 'update'>,
  options: { readonly folder: string; readonly stated: string | null; readonly actor: string },
): Promise<Resealed> {
  const { folder, stated, actor } = options;
  if (stated === null) writeKeyFile(folder, [randomBytes(32), ...readKeyFile(folder)]);
  const keys = openMasterKeys({ folder, stated });
  const box = makeSecretBox(keys);
  const masterKey = keyId(keys.toSeal());
  const sealed = keptSecrets(store.read()).map((secret) => secret.sealed);
  const before = [...new Set(sealed.map(keyIdOf))];
  await store.update(
    {
      actor,
      action: 'secrets.rotate',
      subject: 'master key',
      before: { masterKeys: before },
      after: { masterKey, secrets: sealed.length },
    },
    (state) => sealAnew(state, box),
  );
  if (stated === null) writeKeyFile(folder, [keys.toSeal()]);
  return { secrets: sealed.length, masterKey };
}

/** A secret of the configuration, and what it is sealed for. */
export interface KeptSecret {
  readonly sealed: string;
  readonly bound: string;
}

/** Everything that is sealed in a configuration: keys of providers, the client secret of single sign-on. */
export function keptSecrets({
  providers,
  signOn,
}: Pick<Configuration, 'providers' | 'signOn'>): readonly KeptSecret[] {
  const ofProviders = providers.flatMap(({ id, keys }) =>
    keys.map(({ sealed }) => ({ sealed, bound: boundTo(id) })),
  );
  const secret = signOn?.sealedSecret ?? null;
  return secret === null ? ofProviders : [...ofProviders, { sealed: secret, bound: signOnBound }];
}

function sealAnew(state: Configuration, box: SecretBox): Configuration {
  const anew = (sealed: string | null) =>
    sealed === null ? null : box.seal(box.open(sealed, signOnBound), signOnBound);
  return {
    ...state,
    signOn: state.signOn === null ? null : { ...state.signOn, sealedSecret: anew(state.signOn.sealedSecret) },
    providers: state.providers.map((provider) => ({
      ...provider,
      keys: provider.keys.map((key) => {
        const bound = boundTo(provider.id);
        return { ...key, sealed: box.seal(box.open(key.sealed, bound), bound) };
      }),
    })),
  };
}

/** What the client secret of single sign-on is sealed for. */
export const signOnBound = 'sign-on';

/** What a provider's key is sealed for. */
export function boundTo(providerId: string): string {
  return `provider:${providerId}`;
}
