import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Child, freePort, startProgram } from '../gateway/child.ts';
import { secret } from '../gateway/waybill.ts';

const root = new URL('../../..', import.meta.url).pathname;

/** Waybill as `npm start` runs it, built, with a policy for each of two upstreams: a condition and a fallback. */
export async function startStreamingWaybill(upstream: string, folder: string): Promise<Child> {
  await promisify(execFile)(process.execPath, ['server/run.mjs', '--help'], { cwd: root });
  const port = await freePort();
  const environment = {
    NODE_ENV: 'production',
    PORT: String(port),
    WAYBILL_DATA: join(folder, 'data'),
    WAYBILL_CONFIG: writeConfig(upstream, folder),
  };
  return startProgram('dist/server/cli.mjs', ['start'], root, `http://127.0.0.1:${port}`, environment);
}

function policy(id: string, target: string): object {
  return {
    format: 1,
    id,
    name: id,
    entry: 'long',
    nodes: {
      long: {
        kind: 'condition',
        cases: [{ id: 'huge', when: 'request.input_tokens > 60000', to: 'no' }],
        else: 'f',
      },
      f: { kind: 'fallback', try: ['m', 'again'] },
      m: { kind: 'model', target },
      again: { kind: 'model', target },
      no: { kind: 'refuse', status: 400, message: 'Too long.' },
    },
  };
}

function writeConfig(upstream: string, folder: string): string {
  const policies = join(folder, 'policies');
  mkdirSync(policies, { recursive: true });
  const targets = { openai: 'openai/gpt-5-mini', anthropic: 'anthropic/claude-haiku-4-5' };
  for (const [id, target] of Object.entries(targets)) {
    writeFileSync(join(policies, `${id}.policy.json`), JSON.stringify(policy(id, target)));
  }
  const config = {
    providers: [
      { id: 'openai', kind: 'openai', base_url: `${upstream}/v1`, api_key: 'sk-upstream' },
      { id: 'anthropic', kind: 'anthropic', base_url: upstream, api_key: 'sk-upstream' },
    ],
    teams: [{ id: 'bench' }],
    keys: [{ id: 'bench', team: 'bench', project: 'bench', secret }],
    policies: 'policies',
    deployments: [
      { alias: 'openai', policy: 'openai' },
      { alias: 'anthropic', policy: 'anthropic' },
    ],
  };
  const path = join(folder, 'config.json');
  writeFileSync(path, JSON.stringify(config));
  return path;
}
