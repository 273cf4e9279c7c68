import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A coding agent as its users start it, pointed at a gateway by base URL and key alone. */
export interface Agent {
  readonly name: string;
  /** Package and version, as npm installs it. */
  readonly install: string;
  /** Runs one task to its end. `bin` is the folder of the installed commands. */
  run(task: string, at: Place): Promise<Outcome>;
}

export interface Place {
  readonly bin: string;
  readonly url: string;
  readonly key: string;
  /** Where it works; its home lies beside it. */
  readonly folder: string;
}

export interface Outcome {
  readonly code: number | null;
  readonly printed: string;
}

export const claudeCode: Agent = {
  name: 'Claude Code',
  install: '@anthropic-ai/claude-code@2.1.197',
  run: (task, { bin, url, key, folder }) =>
    runCommand(join(bin, 'claude'), ['-p', task, '--allowedTools', 'Bash', '--verbose'], folder, {
      ANTHROPIC_BASE_URL: url,
      ANTHROPIC_API_KEY: key,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
      DISABLE_AUTOUPDATER: '1',
    }),
};

export const codex: Agent = {
  name: 'Codex',
  install: '@openai/codex@0.169.0',
  run: (task, { bin, url, key, folder }) => {
    const home = join(folder, '..', 'codex-home');
    mkdirSync(home, { recursive: true });
    writeFileSync(
      join(home, 'config.toml'),
      `model_provider = "waybill"\n[model_providers.waybill]\nname = "Waybill"\nbase_url = "${url}/v1"\nenv_key = "WAYBILL_KEY"\nwire_api = "responses"\n`,
    );
    const options = ['exec', '--skip-git-repo-check', '--dangerously-bypass-approvals-and-sandbox', task];
    return runCommand(join(bin, 'codex'), options, folder, { CODEX_HOME: home, WAYBILL_KEY: key });
  },
};

const deadlineMs = 120_000;

function runCommand(
  command: string,
  options: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const home = join(folder, '..', 'home');
  mkdirSync(home, { recursive: true });
  const child = spawn(command, options, {
    cwd: folder,
    // The folder alone: what the user of this machine has set up must not help.
    env: { PATH: process.env.PATH ?? '', HOME: home, SHELL: '/bin/bash', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (printed += String(chunk)));
  const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve({ code, printed });
    });
  });
}
