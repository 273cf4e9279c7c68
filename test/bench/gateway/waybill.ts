import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writePolicy } from '#engine/policy/index.ts';
import { routingPolicy, usualThresholds } from '../routing-policy.ts';
import { type Child, freePort, startProgram } from './child.ts';

const root = new URL('../../..', import.meta.url).pathname;
export const secret = 'wb-bench-0123456789abcdef';

/** Waybill as `npm start` runs it, built: its key check, a policy of twelve nodes, fallbacks armed, its log on disk. */
export async function startWaybill(
  upstream: string,
  folder: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<Child> {
  // Any verb builds the server where it is older than its sources.
  await promisify(execFile)(process.execPath, ['server/run.mjs', '--help'], { cwd: root });
  const port = await freePort();
  const environment = {
    NODE_ENV: 'production',
    PORT: String(port),
    WAYBILL_DATA: join(folder, 'data'),
    WAYBILL_CONFIG: writeConfig(upstream, folder, settings),
  };
  return startProgram('dist/server/cli.mjs', ['start'], root, `http://127.0.0.1:${port}`, environment);
}

function writeConfig(upstream: string, folder: string, settings: Readonly<Record<string, unknown>>): string {
  const policies = join(folder, 'policies');
  mkdirSync(policies, { recursive: true });
  writeFileSync(join(policies, 'bench.policy.json'), writePolicy(routingPolicy(usualThresholds)));
  const config = {
    providers: ['openai', 'anthropic', 'google'].map((id) => ({
      id,
      kind: 'openai-compatible',
      base_url: `${upstream}/v1`,
      api_key: 'sk-upstream',
    })),
    teams: [{ id: 'bench' }],
    keys: [{ id: 'bench', team: 'bench', project: 'bench', secret }],
    policies: 'policies',
    deployments: [{ alias: 'bench', policy: 'bench' }],
    ...settings,
  };
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(config));
  return path;
}
