import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scriptedKey, startScriptedApp } from '../support/scripted-app.ts';
import { startScriptedModel } from '../support/scripted-model/index.ts';
import { type Agent, claudeCode, codex } from './agents.ts';
import { lastWords, mind, task } from './mind.ts';

/**
 * `npm run agents`: Claude Code and Codex do a task of two tool calls through the gateway, each on a model of its own
 * family and on one of the other. They are installed into a scratch folder (`WAYBILL_AGENTS`, else the system's), as
 * they are too large to be a dependency.
 */
const scratch = process.env.WAYBILL_AGENTS ?? join(tmpdir(), 'waybill-agents');
const families = { OpenAI: 'openai/gpt-5-mini', Anthropic: 'anthropic/claude-sonnet-4-5' } as const;
let [passed, failed] = [0, 0];

for (const agent of [claudeCode, codex]) install(agent);
for (const [family, target] of Object.entries(families)) {
  const vendors = await startScriptedModel(mind);
  // The names the agents ask for by themselves.
  const app = await startScriptedApp(vendors, { 'claude-*': target, 'gpt-*': target });
  for (const agent of [claudeCode, codex]) await tryAgent(agent, family, app.url);
  await app.stop();
  await vendors.close();
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

async function tryAgent(agent: Agent, family: string, url: string): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'waybill-agent-'));
  const folder = join(home, 'work');
  mkdirSync(folder);
  const { code, printed } = await agent.run(task, {
    bin: join(scratch, 'node_modules', '.bin'),
    url,
    key: scriptedKey,
    folder,
  });
  const file = join(folder, 'lucky.txt');
  const problems = [
    ...(code === 0 ? [] : [`It ended with ${code}.`]),
    ...(existsSync(file) && readFileSync(file, 'utf8') === '47' ? [] : ['It did not write the file.']),
    ...(printed.includes(lastWords) ? [] : ['It did not say the last words.']),
  ];
  rmSync(home, { recursive: true, force: true });
  if (problems.length === 0) passed += 1;
  else failed += 1;
  process.stdout.write(
    `${problems.length === 0 ? 'ok  ' : 'BAD '} ${agent.name} on an ${family} model ${problems.join(' ')}\n`,
  );
  if (problems.length > 0) process.stdout.write(`${printed}\n`);
}

function install({ name, install: spec }: Agent): void {
  const at = spec.lastIndexOf('@');
  const [id, version] = [spec.slice(0, at), spec.slice(at + 1)];
  const manifest = join(scratch, 'node_modules', id, 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version) return;
  process.stdout.write(`Installing ${name} ${version} into ${scratch} …\n`);
  mkdirSync(scratch, { recursive: true });
  execFileSync('npm', ['install', '--prefix', scratch, '--no-audit', '--no-fund', spec], {
    stdio: 'inherit',
  });
}
