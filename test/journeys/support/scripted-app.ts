import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScriptedModel } from './scripted-model/index.ts';
import { type App, startApp } from './start-app.ts';

/** The key of the apps that call a scripted app. */
export const scriptedKey = 'wb-0123456789abcdef';

/** The product, with the scripted model as its vendors, and a policy of one model behind every alias or pattern. */
export async function startScriptedApp(
  { openai, anthropic }: ScriptedModel,
  targets: Readonly<Record<string, string>>,
): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-scripted-'));
  const deployments = Object.entries(targets).map(([alias, target], index) => {
    const id = `only-${index + 1}`;
    const policy = {
      format: 1,
      id,
      name: target,
      entry: 'model',
      nodes: { model: { kind: 'model', target } },
    };
    writeFileSync(join(folder, `${id}.policy.json`), JSON.stringify(policy));
    return { alias, policy: id };
  });
  const config = {
    providers: [
      { id: 'openai', kind: 'openai', base_url: openai, api_key: 'sk-scripted' },
      { id: 'anthropic', kind: 'anthropic', base_url: anthropic, api_key: 'sk-ant-scripted' },
    ],
    teams: [{ id: 'apps', name: 'Apps' }],
    keys: [{ id: 'app', team: 'apps', project: 'clients', secret: scriptedKey }],
    policies: folder,
    deployments,
  };
  const path = join(folder, 'waybill.json');
  writeFileSync(path, JSON.stringify(config));
  const app = await startApp({ env: { WAYBILL_CONFIG: path } });
  return {
    ...app,
    stop: async (options) => {
      const code = await app.stop(options);
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}
