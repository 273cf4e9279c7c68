import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runCommandLine } from '#server/cli/run-command-line.ts';
import { verbs } from '#server/cli/verbs.ts';

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const code = await runCommandLine(args, {
    stdin: Readable.from([]),
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    isTerminal: false,
  });
  return { code, ...written };
}

describe('the command line', () => {
  it('lists its verbs when asked for nothing or for help', async () => {
    for (const args of [[], ['help'], ['--help'], ['-h']]) {
      const { code, out } = await run(...args);
      expect(code).toBe(0);
      expect(out).toMatch(/^Usage: waybill <verb>/);
      for (const name of Object.keys(verbs)) expect(out).toContain(`\n  ${name} `);
    }
  });

  it('answers --help for every verb without doing its work', async () => {
    for (const [name, load] of Object.entries(verbs)) {
      const { code, out } = await run(name, '--help');
      expect([code, out.trim()]).toEqual([0, (await load()).usage.trim()]);
    }
  });

  it('tells an unknown verb from the ones there are', async () => {
    const { code, out, err } = await run('starts');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('waybill has no verb "starts". Did you mean "start"? Verbs: start');
    expect((await run('toString')).code).toBe(2);
  });

  it('tells `start` arguments that it does not know', async () => {
    const { code, err } = await run('start', '--port');
    expect([code, err]).toEqual([2, 'waybill start does not know "--port". It takes --json and --help.\n']);
  });
});
