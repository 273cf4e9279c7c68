import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Child, freePort, startProgram } from './child.ts';

const version = '1.15.2';
const folder = join(tmpdir(), `waybill-bench-portkey-${version}`);

/** Portkey's gateway, installed into a scratch folder the first time; `undefined`, with a line, where it cannot be had. */
export async function startPortkey(): Promise<Child | undefined> {
  const program = join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
    try {
      await promisify(execFile)(
        'npm',
        ['install', '--no-audit', '--no-fund', `@portkey-ai/gateway@${version}`],
        {
          cwd: folder,
        },
      );
    } catch (cause) {
      console.log(`  Portkey is left out: npm could not install it (${String(cause).split('\n')[0]}).`);
      return undefined;
    }
  }
  const port = await freePort();
  return startProgram(program, [`--port=${port}`, '--headless'], folder, `http://127.0.0.1:${port}`);
}

/** What Portkey is told with every request: a condition on metadata, then a fallback of two targets. */
export function portkeyHeaders(upstream: string): Readonly<Record<string, string>> {
  const target = { provider: 'openai', api_key: 'sk-upstream', custom_host: `${upstream}/v1` };
  const config = {
    strategy: {
      mode: 'conditional',
      conditions: [{ query: { 'metadata.team': { $eq: 'bench' } }, then: 'strong' }],
      default: 'small',
    },
    targets: [
      { name: 'strong', strategy: { mode: 'fallback' }, targets: [target, target] },
      { name: 'small', ...target },
    ],
  };
  return { 'x-portkey-config': JSON.stringify(config), 'x-portkey-metadata': '{"team":"bench"}' };
}
