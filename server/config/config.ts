import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import type { CustomModel } from '#engine/catalogue/index.ts';
import { messageOf, StartError } from '../errors.ts';
import type { Budget } from '../governance/budgets/budget.ts';
import { budgetFrom, shortBudget } from '../governance/budgets/read-budget.ts';
import type { KeyRules, TeamRules } from '../governance/scopes/grant.ts';
import { providerVariables } from '../providers/provider-variables.ts';
import { ConfigFileShape } from './config-file.ts';
import type { ProviderSetting } from './provider-setting.ts';
import { readProviders } from './read-providers.ts';
import { networkOf, networkProblem } from './trusted-proxies.ts';

export type { ModelSetting, ProviderSetting } from './provider-setting.ts';

/** Settings of this process, checked. See DESIGN of the outside contract in the README. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  /** Bearer token for `/api`; `null` leaves `/api` to callers on this machine. */
  readonly adminToken: string | null;
  readonly sandbox: boolean;
  /** Master keys for secrets that are kept, `new,old`; `null` or absent: a file of the data folder. */
  readonly secretKey?: string | null;
  /** Providers made in the studio may have addresses of this machine and its networks. */
  readonly allowPrivateUpstreams?: boolean;
  /** Networks (`10.0.0.0/8`) of proxies that are believed whose calls they pass on; absent: none. */
  readonly trustedProxies?: readonly string[];
  readonly file: ConfigFile;
  /** Provider keys from the environment by variable name. */
  readonly providerKeys: Readonly<Record<string, string>>;
  readonly maxBodyBytes: number;
  /** How long it goes on taking requests after the signal to end, while it says that it is not ready. */
  readonly drainSeconds?: number;
  /** PostgreSQL for configuration and records; absent: the data folder. */
  readonly databaseUrl?: string | null;
  /** Redis for leases and rates; absent: this process. */
  readonly redisUrl?: string | null;
  /** Base URL of OTLP over HTTP that traces are sent to; absent: nowhere. */
  readonly otlpEndpoint?: string | null;
  /** Bearer token for `/metrics`; absent: that of `/api`, if any. */
  readonly metricsToken?: string | null;
}

/** What a config file may hold; empty lists when there is none. */
export interface ConfigFile {
  readonly providers: readonly ProviderSetting[];
  readonly teams: readonly TeamSetting[];
  readonly keys: readonly KeySetting[];
  /** Those of teams and keys among them; absent when there are none. */
  readonly budgets?: readonly Budget[];
  /** Models and prices of one's own; absent when there are none. */
  readonly catalogue?: CatalogueSetting;
  /** Folder of policy files, absolute; `null` when there is none. */
  readonly policies: string | null;
  readonly deployments: readonly {
    readonly alias: string;
    readonly policy: string;
    readonly version: number | null;
  }[];
}

export interface CatalogueSetting {
  /** The shipped catalogue is left out. */
  readonly replace: boolean;
  readonly models: readonly CustomModel[];
}

export interface TeamSetting extends TeamRules {
  readonly id: string;
  readonly name: string;
}

export interface KeySetting extends KeyRules {
  readonly id: string;
  readonly team: string;
  readonly project: string;
  readonly tags: readonly string[];
  readonly secret: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads environment and config file: the only reader of either. `warnings` are sentences for whoever starts the
 * process, such as providers left out.
 *
 * @throws {StartError} for a bad value: what is wrong, where, and what would be right.
 */
export function loadConfig(environment: Environment): {
  readonly config: Config;
  readonly warnings: readonly string[];
} {
  const { file, warnings, trustedProxies } = readConfigFile(
    setting(environment, 'WAYBILL_CONFIG'),
    environment,
  );
  const host = setting(environment, 'HOST') ?? '127.0.0.1';
  const adminToken = setting(environment, 'WAYBILL_ADMIN_TOKEN') ?? null;
  if (adminToken === null && !isLoopback(host)) {
    throw new StartError(
      `HOST is ${host}, so other machines could reach the studio, but WAYBILL_ADMIN_TOKEN is not set. Set it to a long random text, or HOST to 127.0.0.1.`,
    );
  }
  const config: Config = {
    port: readPort(setting(environment, 'PORT') ?? '4800'),
    host,
    dataFolder: resolve(setting(environment, 'WAYBILL_DATA') ?? '.waybill'),
    adminToken,
    sandbox: readSwitch('WAYBILL_SANDBOX', setting(environment, 'WAYBILL_SANDBOX'), true),
    secretKey: setting(environment, 'WAYBILL_SECRET_KEY') ?? null,
    allowPrivateUpstreams: readSwitch(
      'WAYBILL_ALLOW_PRIVATE_UPSTREAMS',
      setting(environment, 'WAYBILL_ALLOW_PRIVATE_UPSTREAMS'),
      false,
    ),
    trustedProxies: readTrustedProxies(setting(environment, 'WAYBILL_TRUSTED_PROXIES')) ?? trustedProxies,
    file,
    providerKeys: readProviderKeys(environment),
    maxBodyBytes: 32 * 1024 * 1024,
    drainSeconds: readSeconds(environment, 'WAYBILL_DRAIN_SECONDS'),
    ...readStores(environment),
    otlpEndpoint: readUrl(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT', 'http://localhost:4318'),
    metricsToken: setting(environment, 'WAYBILL_METRICS_TOKEN') ?? null,
  };
  return { config, warnings };
}

/** Whether an address is this machine's own: `localhost`, 127.0.0.0/8 or ::1. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(bare);
}

function setting(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

/** PostgreSQL and Redis; Redis alone would count for gateways that share no configuration. */
function readStores(environment: Environment): Pick<Config, 'databaseUrl' | 'redisUrl'> {
  const databaseUrl = setting(environment, 'DATABASE_URL') ?? null;
  const redisUrl = setting(environment, 'REDIS_URL') ?? null;
  for (const [name, url, protocols, example] of [
    ['DATABASE_URL', databaseUrl, /^postgres(ql)?:$/, 'postgresql://user:password@host:5432/waybill'],
    ['REDIS_URL', redisUrl, /^rediss?:$/, 'redis://host:6379'],
  ] as const) {
    if (url === null || (URL.canParse(url) && protocols.test(new URL(url).protocol))) continue;
    throw new StartError(`${name} is not an address. It must look like ${example}.`);
  }
  if (redisUrl !== null && databaseUrl === null) {
    throw new StartError(
      'REDIS_URL is set and DATABASE_URL is not. Redis counts for gateways that share their configuration in PostgreSQL: set DATABASE_URL too, or unset REDIS_URL.',
    );
  }
  return { databaseUrl, redisUrl };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new StartError(`PORT is "${text}". It must be a whole number from 0 to 65535, such as 4800.`);
}

function readSeconds(environment: Environment, name: string): number {
  const text = setting(environment, name) ?? '0';
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds <= 3_600) return seconds;
  throw new StartError(`${name} is "${text}". It must be a whole number of seconds, from 0 to 3600.`);
}

function readUrl(environment: Environment, name: string, example: string): string | null {
  const text = setting(environment, name);
  if (text === undefined || /^https?:$/.test(URL.canParse(text) ? new URL(text).protocol : ''))
    return text ?? null;
  throw new StartError(`${name} is "${text}". It must be the address of an HTTP server, such as ${example}.`);
}

function readSwitch(name: string, text: string | undefined, unset: boolean): boolean {
  if (text === undefined) return unset;
  if (text === 'on') return true;
  if (text === 'off') return false;
  throw new StartError(`${name} is "${text}". It must be "on" or "off".`);
}

/** `10.0.0.0/8, 192.0.2.7`; `undefined` where it is not set. */
function readTrustedProxies(text: string | undefined): readonly string[] | undefined {
  const networks = text?.split(',').map((one) => one.trim());
  const problem = networks?.map(networkProblem).find((one) => one !== null);
  if (problem !== undefined) throw new StartError(`WAYBILL_TRUSTED_PROXIES: ${problem}.`);
  return networks?.map(networkOf);
}

function readProviderKeys(environment: Environment): Readonly<Record<string, string>> {
  const keys: Record<string, string> = {};
  for (const name of providerVariables) {
    const key = setting(environment, name);
    if (key !== undefined) keys[name] = key;
  }
  return keys;
}

const noFile: ConfigFile = { providers: [], teams: [], keys: [], policies: null, deployments: [] };

function readConfigFile(
  name: string | undefined,
  environment: Environment,
): {
  readonly file: ConfigFile;
  readonly warnings: readonly string[];
  readonly trustedProxies: readonly string[];
} {
  if (name === undefined) return { file: noFile, warnings: [], trustedProxies: [] };
  const path = resolve(name);
  const shape = parseConfigFile(path, readText(path));
  const { providers, warnings } = readProviders(shape.providers, dirname(path), (name) =>
    setting(environment, name),
  );
  const file: ConfigFile = {
    providers,
    teams: shape.teams.map(({ budget: _, name, ...team }) => ({ ...team, name: name ?? team.id })),
    keys: shape.keys.map(({ budget: _, expires_at: expiresAt, ...key }) =>
      expiresAt === undefined ? key : { ...key, expiresAt },
    ),
    ...budgetsOf(shape),
    policies: shape.policies === undefined ? null : resolve(dirname(path), shape.policies),
    deployments: shape.deployments,
    ...(shape.catalogue === undefined ? {} : { catalogue: shape.catalogue }),
  };
  return { file, warnings, trustedProxies: shape.trusted_proxies.map(networkOf) };
}

function budgetsOf({ budgets, teams, keys }: ConfigFileShape): Pick<ConfigFile, 'budgets'> {
  const stated = [
    ...budgets.map(budgetFrom),
    ...teams.flatMap(({ id, budget }) => (budget === undefined ? [] : [shortBudget('team', id, budget)])),
    ...keys.flatMap(({ id, budget }) => (budget === undefined ? [] : [shortBudget('key', id, budget)])),
  ];
  return stated.length === 0 ? {} : { budgets: stated };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new StartError(
      `WAYBILL_CONFIG names ${path}, which cannot be read: ${messageOf(error)}. Correct the path or unset it.`,
      { cause: error },
    );
  }
}

function parseConfigFile(path: string, text: string): ConfigFileShape {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new StartError(`The config file ${path} is not JSON: ${messageOf(error)}.`, { cause: error });
  }
  const parsed = ConfigFileShape.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new StartError(`The config file ${path}: ${first === undefined ? '' : sentenceOf(first)}${more}`);
}

/** `providers.0.base_url is missing: …`. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  const place = issue.path.map(String).join('.') || 'the file';
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => `"${key}"`).join(', ');
    return `${place} has no setting called ${keys}. Remove it or correct its name.`;
  }
  if ('input' in issue && issue.input === undefined && issue.code === 'invalid_type')
    return `${place} is missing.`;
  const what = issue.message.replace(/^Invalid input: /, '').replace(/^Invalid option: /, 'must be ');
  return `${place} ${/^(must|is|and|has|"|cannot)/.test(what) ? what : `is not right: ${what}`}.`;
}
