/** The command line's process: hands its arguments and terminal to the verb, and exits with what that answers. */
import { runCommandLine } from './cli/run-command-line.ts';
import { StartError } from './errors.ts';

const { stdin, stdout, stderr } = process;

// A reader that has seen enough (`waybill models | head`) closes the pipe; that is no error of ours.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    stdin,
    stdout,
    stderr,
    isTerminal: stderr.isTTY === true,
  });
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
