import { hasErrors } from '#engine/policy/index.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { diagnosticLine, readPolicyFile } from './policy-file.ts';
import type { Verb } from './verb.ts';

const usage = `Usage: waybill check POLICY… [--json]

Says everything that is wrong with policy files, each with file, line and column. Errors block publishing, warnings do
not; the exit code is 1 when there is an error.

  --json  the diagnostics as one JSON list: { file, line, column, severity, code, message, node?, port?, field? }`;

/** `waybill check`: diagnostics of policy files, like a compiler's. */
export const check: Verb = {
  summary: 'diagnostics of policy files',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, { json: 'flag' });
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    if (parsed.positionals.length === 0) return misuse(io, 'Name at least one policy file to check.', usage);
    const files = await Promise.all(
      parsed.positionals.map(async (path) => ({ path, file: await readPolicyFile(path) })),
    );
    let failed = false;
    const found: unknown[] = [];
    for (const { path, file } of files) {
      if (file.kind === 'missing') {
        failed = true;
        io.stderr.write(`${file.message}\n`);
        continue;
      }
      failed ||= hasErrors(file.diagnostics);
      for (const { range: _, line = 1, column = 1, ...one } of file.diagnostics) {
        found.push({ file: path, line, column, ...one });
        if (parsed.values.json !== true)
          io.stdout.write(`${diagnosticLine(path, { line, column, ...one })}\n`);
      }
      const isFine = parsed.values.json !== true && file.diagnostics.length === 0;
      if (isFine) io.stdout.write(`${path}: nothing is wrong\n`);
    }
    if (parsed.values.json === true) io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return failed ? 1 : 0;
  },
};
