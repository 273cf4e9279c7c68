import { randomBytes } from 'node:crypto';
import type { calls } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { isPrivateAddress, privateAddressOf } from '../../governance/secrets/private-address.ts';
import { boundTo } from '../../governance/secrets/reseal.ts';
import { baseUrlOf } from '../../governance/secrets/stored-settings.ts';
import { maskKey } from '../../providers/keys/mask-key.ts';
import { type PresetName, presetNames } from '../../providers/presets.ts';
import type { StoredProvider, StoredProviderKey } from '../../store/config-store.ts';
import type { Handler, Input } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { requireIn } from '../require-in.ts';
import { describeStored } from './providers.ts';

export const writeProvider: Handler<typeof calls.writeProvider> = async (
  { params: { id }, body, actor, principal },
  installation,
) => {
  requireIn(principal, 'providers.manage', null);
  refuseManaged(id, installation);
  const { revision, keys, preset: presetName, ...fields } = body;
  const preset = presetOf(presetName, fields.kind);
  const wanted = { ...fields, preset };
  await requireAddress(wanted, installation);
  const before = find(id, installation);
  if (before !== undefined && keys.length > 0)
    throw new ApiFailure(400, 'invalid_request', `Keys of "${id}" are added by /api/providers/${id}/keys.`);
  const sealed = keys.map((key) => seal(id, key, actor, installation));
  await installation.store.update(
    {
      actor,
      action: before === undefined ? 'provider.create' : 'provider.write',
      subject: id,
      before: before === undefined ? null : shown(before),
      after: { ...wanted, keys: (before?.keys ?? sealed).map(({ label }) => label) },
    },
    (state) => {
      const there = state.providers.find((one) => one.id === id);
      requireRevision(id, there, revision);
      const written = stamp({ id, ...wanted, keys: there?.keys ?? sealed }, there, actor, installation);
      return { ...state, providers: [...state.providers.filter((one) => one !== there), written] };
    },
  );
  return describeStored(requireStored(id, installation), installation);
};

export const deleteProvider: Handler<typeof calls.deleteProvider> = async (
  { params: { id }, actor, principal },
  installation,
) => {
  requireIn(principal, 'providers.manage', null);
  refuseManaged(id, installation);
  const before = requireStored(id, installation);
  await installation.store.update(
    { actor, action: 'provider.delete', subject: id, before: shown(before), after: null },
    (state) => ({ ...state, providers: state.providers.filter((one) => one.id !== id) }),
  );
  return {};
};

export const addProviderKey: Handler<typeof calls.addProviderKey> = (input, installation) => {
  const key = seal(input.params.id, input.body, input.actor, installation);
  return changeKeys('provider.key.add', input, installation, (keys) => [...keys, key]);
};

export const rotateProviderKeys: Handler<typeof calls.rotateProviderKeys> = (input, installation) => {
  const key = seal(input.params.id, input.body, input.actor, installation);
  return changeKeys('provider.key.rotate', input, installation, () => [key]);
};

export const removeProviderKey: Handler<typeof calls.removeProviderKey> = (input, installation) => {
  const { id, key } = input.params;
  return changeKeys('provider.key.remove', input, installation, (keys) => {
    if (keys.some((one) => one.id === key)) return keys.filter((one) => one.id !== key);
    throw new ApiFailure(404, 'key_missing', `The provider "${id}" has no key "${key}".`);
  });
};

async function changeKeys(
  action: string,
  {
    params: { id },
    actor,
    principal,
  }: Pick<Input<typeof calls.addProviderKey>, 'params' | 'actor' | 'principal'>,
  installation: Installation,
  change: (keys: readonly StoredProviderKey[]) => readonly StoredProviderKey[],
) {
  requireIn(principal, 'providers.manage', null);
  refuseManaged(id, installation);
  const before = requireStored(id, installation).keys;
  const labels = (keys: readonly StoredProviderKey[]) => ({ keys: keys.map(({ label }) => label) });
  await installation.store.update(
    { actor, action, subject: id, before: labels(before), after: labels(change(before)) },
    (state) => ({
      ...state,
      providers: state.providers.map((one) =>
        one.id === id ? stamp({ ...one, keys: [...change(one.keys)] }, one, actor, installation) : one,
      ),
    }),
  );
  return describeStored(requireStored(id, installation), installation);
}

function seal(
  id: string,
  { secret, weight }: { readonly secret: string; readonly weight: number },
  actor: string,
  { secrets, clock }: Installation,
): StoredProviderKey {
  return {
    id: randomBytes(6).toString('hex'),
    label: maskKey(secret),
    sealed: secrets.seal(secret, boundTo(id)),
    weight,
    addedAt: new Date(clock()).toISOString(),
    addedBy: actor,
  };
}

function stamp(
  provider: Omit<StoredProvider, 'revision' | 'updatedAt' | 'updatedBy'>,
  there: StoredProvider | undefined,
  actor: string,
  { clock }: Installation,
): StoredProvider {
  const updatedAt = new Date(clock()).toISOString();
  return { ...provider, revision: (there?.revision ?? 0) + 1, updatedAt, updatedBy: actor };
}

/** As the audit shows it: keys by their masks. */
function shown({ revision: _, updatedAt: _at, updatedBy: _by, keys, ...provider }: StoredProvider): object {
  return { ...provider, keys: keys.map(({ label }) => label) };
}

function find(id: string, { store }: Installation): StoredProvider | undefined {
  return store.read().providers.find((provider) => provider.id === id);
}

function requireStored(id: string, installation: Installation): StoredProvider {
  const found = find(id, installation);
  if (found !== undefined) return found;
  throw new ApiFailure(404, 'provider_missing', `There is no provider "${id}".`);
}

/** @throws {ApiFailure} `managed_by_file` for providers that are stated elsewhere. */
function refuseManaged(id: string, { providers }: Installation): void {
  const there = providers.list().find((provider) => provider.id === id);
  if (there === undefined || there.facts.origin === 'studio') return;
  const where = {
    file: 'comes from the config file; change it there',
    environment: 'comes from an environment variable; unset it first',
    waybill: 'is the sandbox; choose another id',
  }[there.facts.origin];
  throw new ApiFailure(409, 'managed_by_file', `The provider "${id}" ${where}.`);
}

function presetOf(name: string | null, kind: StoredProvider['kind']): PresetName | null {
  if (name === null) return null;
  const preset = presetNames.find((one) => one === name);
  if (preset === undefined || kind !== 'openai-compatible')
    throw invalid('preset', `There is no preset "${name}" for providers of kind ${kind}.`);
  return preset;
}

/** @throws {ApiFailure} `invalid_request` without an address, `private_address` for one that is not public. */
async function requireAddress(
  provider: Pick<StoredProvider, 'kind' | 'preset' | 'baseUrl' | 'awsRegion'>,
  { config }: Installation,
): Promise<void> {
  const address = baseUrlOf(provider);
  if (address === '') throw invalid('baseUrl', `A provider of kind ${provider.kind} needs an address.`);
  const { hostname, username, password } = new URL(address);
  if (username !== '' || password !== '')
    throw invalid('baseUrl', 'An address holds no user and password: keys are given apart.');
  if (config.allowPrivateUpstreams === true) return;
  const found = isPrivateAddress(hostname) ? hostname : await privateAddressOf(hostname);
  if (found === undefined) return;
  const message = `${hostname} is ${found === hostname ? '' : `at ${found}, `}an address of this machine or its networks. Set WAYBILL_ALLOW_PRIVATE_UPSTREAMS to "on" to allow these, or state the provider in the config file.`;
  throw new ApiFailure(400, 'private_address', message, { fields: [{ field: 'baseUrl', message }] });
}

function invalid(field: string, message: string): ApiFailure {
  return new ApiFailure(400, 'invalid_request', message, { fields: [{ field, message }] });
}

function requireRevision(id: string, there: StoredProvider | undefined, revision: number): void {
  const now = there?.revision ?? 0;
  if (now === revision) return;
  throw new ApiFailure(
    409,
    'revision_conflict',
    now === 0
      ? `There is no provider "${id}" yet: write it with revision 0.`
      : `The provider "${id}" is at revision ${now}, and this was made from ${revision}.`,
    { revision: now },
  );
}
