import { nearest } from '#engine/nearest.ts';
import type { Io } from './verb.ts';
import { verbs } from './verbs.ts';

/** Runs one command line (`['check', 'a.policy.json']`). Answers the exit code: 2 for a line that nobody understands. */
export async function runCommandLine(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    io.stdout.write(await listVerbs());
    return 0;
  }
  const load = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (load === undefined) {
    const near = nearest(name, Object.keys(verbs));
    const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
    io.stderr.write(`waybill has no verb "${name}".${hint} Verbs: ${Object.keys(verbs).join(', ')}.\n`);
    return 2;
  }
  const verb = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout.write(`${verb.usage.trimEnd()}\n`);
    return 0;
  }
  return verb.run(rest, io);
}

async function listVerbs(): Promise<string> {
  const width = Math.max(...Object.keys(verbs).map((name) => name.length));
  const lines = await Promise.all(
    Object.entries(verbs).map(async ([name, load]) => `  ${name.padEnd(width)}  ${(await load()).summary}`),
  );
  return [
    'Usage: waybill <verb> [arguments]',
    '',
    ...lines,
    '',
    '`waybill <verb> --help` tells more about one.',
    '',
  ].join('\n');
}
