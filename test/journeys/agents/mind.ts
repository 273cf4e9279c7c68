import { type Ask, call, type OfferedTool, say } from '../support/scripted-model/index.ts';

export const task = 'Write 47 into lucky.txt with the shell, count its bytes, then tell me the count.';
export const lastWords = 'lucky.txt holds 2 bytes.';

/** Two calls of the agent's shell, one after the other, then a last word that repeats what the second said. */
export function mind({ tools, results }: Ask) {
  const shell = tools.find(({ name }) =>
    /^(Bash|exec|shell|shell_command|exec_command|local_shell)$/.test(name),
  );
  if (shell === undefined) return say('Fine.');
  if (results.length === 0) return call({ name: shell.name, args: command(shell, 'printf 47 > lucky.txt') });
  if (results.length === 1) return call({ name: shell.name, args: command(shell, 'wc -c < lucky.txt') });
  const counted = /\b\d+\b(?!.*\b\d+\b)/s.exec(results[1] ?? '')?.[0] ?? 'no';
  return say(`lucky.txt holds ${counted} bytes.`);
}

/** The arguments a shell tool takes, as its schema names them. Codex's `exec` takes JavaScript that calls the shell. */
function command({ name, parameters }: OfferedTool, line: string): Record<string, unknown> {
  const properties = (parameters.properties ?? {}) as Record<string, { readonly type?: unknown }>;
  if (name === 'exec')
    return {
      input: `const ran = await tools.exec_command({ cmd: ${JSON.stringify(line)} });\ntext(ran.output);`,
    };
  if ('cmd' in properties) return { cmd: line };
  return properties.command?.type === 'array'
    ? { command: ['bash', '-lc', line] }
    : { command: line, description: 'As asked' };
}
