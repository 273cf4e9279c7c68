import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { aFolder, shippedPath } from './run-verb.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Step {
  readonly name?: string;
  readonly run?: string;
}

function steps(): readonly Step[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, text = ''] = /## In code review[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
  return parse(text).jobs.review.steps;
}

function commandOf(name: string): string {
  const command = steps().find((step) => step.name === name)?.run;
  if (command === undefined) throw new Error(`The workflow has no step "${name}".`);
  return command;
}

/** A folder as the workflow finds it: the policies before and after, one changed, one as it was. */
function aWorkspace(): string {
  const folder = aFolder();
  for (const side of ['before', 'after']) {
    mkdirSync(join(folder, side, 'policies'), { recursive: true });
    for (const name of ['support', 'canary'])
      cpSync(shippedPath(name), join(folder, side, 'policies', `${name}.policy.json`));
  }
  const changed = join(folder, 'after/policies/support.policy.json');
  writeFileSync(changed, readFileSync(changed, 'utf8').replace('tokens > 60000', 'tokens > 9000'));
  return folder;
}

function run(name: string, folder: string, more: Readonly<Record<string, string>> = {}): string {
  const env = { ...process.env, WAYBILL: root, RECORDS: join(folder, 'none.parquet'), ...more };
  return execFileSync('bash', ['-e', '-c', commandOf(name)], { cwd: folder, env, encoding: 'utf8' });
}

describe('the workflow of the README', () => {
  it('writes one comment for the policy that changed, and checks all of them', () => {
    const folder = aWorkspace();
    run('Compare', folder);
    const comment = readFileSync(join(folder, 'comments/support.md'), 'utf8');
    expect(comment).toMatch(/^<!-- waybill diff support -->\n/);
    expect(comment).toContain('request.input_tokens > 60000 → request.input_tokens > 9000');
    expect(existsSync(join(folder, 'comments/canary.md'))).toBe(false);
    expect(run('Check', folder)).toContain('canary.policy.json: nothing is wrong');
  });

  it('posts the comment the first time and changes it from then on', () => {
    const folder = aWorkspace();
    mkdirSync(join(folder, 'comments'));
    writeFileSync(join(folder, 'comments/support.md'), '<!-- waybill diff support -->\nhello\n');
    // Stands in for GitHub's command line: it writes down what it is asked.
    const gh = join(folder, 'gh');
    writeFileSync(
      gh,
      '#!/bin/sh\necho "$*" >> "$CALLS"\ncase "$*" in *--paginate*) if [ -f "$POSTED" ]; then echo 7; fi;; *PATCH*) ;; *) : > "$POSTED";; esac\n',
    );
    chmodSync(gh, 0o755);
    const env = {
      PATH: `${folder}:${process.env.PATH ?? ''}`,
      CALLS: join(folder, 'calls'),
      POSTED: join(folder, 'posted'),
      PULL: 'repos/o/r/issues/1/comments',
      GITHUB_REPOSITORY: 'o/r',
    };
    run('Comment', folder, env);
    run('Comment', folder, env);
    const calls = readFileSync(env.CALLS, 'utf8').trim().split('\n');
    expect(calls).toHaveLength(4);
    expect(calls[0]).toContain('startswith("<!-- waybill diff support -->")');
    expect(calls[1]).toBe('api repos/o/r/issues/1/comments -F body=@comments/support.md');
    expect(calls[3]).toBe('api -X PATCH repos/o/r/issues/comments/7 -F body=@comments/support.md');
  });
});
