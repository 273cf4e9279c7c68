import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reviewPolicy } from '#engine/explain/index.ts';
import type { Diagnostic, PoolCandidates } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { loadConfig } from '../config/config.ts';
import { messageOf, StartError } from '../errors.ts';
import type { Configuration } from '../store/config-store.ts';
import { ConfigurationShape } from '../store/configuration.ts';
import { diagnosticLine, readPolicyFile, shippedModels, shippedTargets } from './policy-file.ts';
import type { Io } from './verb.ts';

/** A policy that a command line names, and everything that is wrong with it. */
export interface NamedPolicy {
  /** As it was named. */
  readonly name: string;
  readonly policy: Policy;
  readonly diagnostics: readonly Diagnostic[];
  /** What a published version keeps of its pools. */
  readonly pools: PoolCandidates | undefined;
}

const reference = /^([a-z][a-z0-9_-]{0,63})(?:@(\d{1,9}))?$/;

/**
 * A policy by its file, or by `id` (the draft) or `id@version` of the embedded store, which is only read. `undefined` after
 * saying on `stderr` what is wrong.
 */
export async function readNamedPolicy(
  name: string,
  io: Io,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<NamedPolicy | undefined> {
  const match = existsSync(name) ? null : reference.exec(name);
  if (match !== null) return readStored(name, match[1] ?? '', match[2], io, environment);
  const file = await readPolicyFile(name);
  if (file.kind === 'missing') {
    io.stderr.write(`${file.message}\n`);
    return undefined;
  }
  if (file.policy === null) {
    for (const one of file.diagnostics) io.stderr.write(`${diagnosticLine(name, one)}\n`);
    return undefined;
  }
  return { name, policy: file.policy, diagnostics: file.diagnostics, pools: undefined };
}

function readStored(
  name: string,
  id: string,
  version: string | undefined,
  io: Io,
  environment: Readonly<Record<string, string | undefined>>,
): NamedPolicy | undefined {
  const found = findStored(id, version, environment);
  if (typeof found === 'string') {
    io.stderr.write(`${found}\n`);
    return undefined;
  }
  const { policy, pools } = found;
  return {
    name,
    policy,
    pools,
    diagnostics: reviewPolicy(policy, shippedTargets, { models: shippedModels }),
  };
}

/** A stored policy, or the sentence that says why there is none. */
function findStored(
  id: string,
  version: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly policy: Policy; readonly pools?: PoolCandidates | undefined } | string {
  const { dataFolder } = loadConfig(environment).config;
  const path = join(dataFolder, 'config.json');
  if (!existsSync(path)) {
    return `There is no file "${id}", and no store in ${dataFolder} to look "${id}" up in. Name a policy file, or set WAYBILL_DATA.`;
  }
  const { policies, versions } = readConfiguration(path);
  if (version === undefined) {
    const draft = policies.find((one) => one.id === id);
    return draft ?? `There is no policy "${id}" in ${path}. ${listOf(policies.map((one) => one.id))}`;
  }
  const published = versions.filter((one) => one.policyId === id);
  return (
    published.find((one) => one.version === Number(version)) ??
    `There is no version ${version} of "${id}" in ${path}. ${listOf(published.map((one) => `${id}@${one.version}`))}`
  );
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? 'There is none yet.' : `There are: ${names.join(', ')}.`;
}

function readConfiguration(path: string): Pick<Configuration, 'policies' | 'versions'> {
  try {
    return ConfigurationShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new StartError(`The policies of ${path} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
}
