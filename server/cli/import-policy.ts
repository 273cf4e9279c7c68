import { readFile, writeFile } from 'node:fs/promises';
import { writePolicy } from '#engine/policy/index.ts';
import {
  type ImportedPolicy,
  importPolicy,
  type PolicyFormatName,
  policyFormatLabels,
  policyFormatNames,
} from '../policy-import/index.ts';
import { isSystemError } from './import.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import { showTable } from './show.ts';
import type { Io, Verb } from './verb.ts';

const usage = `Usage: waybill import-policy FILE [--from ${policyFormatNames.join('|')}] [--out POLICY.json] [--json]

Turns another gateway's routing configuration (JSON or YAML) into a policy, and says what could not be carried over.

  --from  whose it is; found out from the file when left out
${policyFormatNames.map((name) => `            ${name.padEnd(11)}${policyFormatLabels[name]}`).join('\n')}
  --out   where the policy is written; without it, it is printed, and the rest is said on stderr
  --json  policy, models and what was left behind as one JSON object

Names of models are looked up in the catalogue; one it does not know is kept, and told. Keys and addresses are never read.`;

const options = { from: 'text', out: 'text', json: 'flag' } as const;

/** `waybill import-policy`: a foreign routing configuration → a policy. */
export const importPolicyVerb: Verb = {
  summary: 'another gateway’s routing configuration → a policy',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, options);
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    const [path, ...more] = parsed.positionals;
    const { from, out, json } = parsed.values;
    if (path === undefined || more.length > 0) return misuse(io, 'Name one configuration to import.', usage);
    const format = policyFormatNames.find((name) => name === from);
    if (from !== undefined && format === undefined)
      return misuse(io, `--from must be one of ${policyFormatNames.join(', ')}, not "${from}".`, usage);
    const text = await readText(path, io);
    return text === undefined
      ? 1
      : convert({ path, text, format: format ?? null, out, json: json === true }, io);
  },
};

interface Job {
  readonly path: string;
  readonly text: string;
  readonly format: PolicyFormatName | null;
  readonly out: string | undefined;
  readonly json: boolean;
}

async function readText(path: string, io: Io): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    io.stderr.write(`There is no file ${path} that can be read.\n`);
    return undefined;
  }
}

async function convert({ path, text, format, out, json }: Job, io: Io): Promise<number> {
  const read = importPolicy(text, format);
  if (read.kind === 'bad') {
    const line = read.line === undefined ? '' : `:${read.line}:${read.column ?? 1}`;
    const place = read.path === '' ? '' : ` ${read.path}:`;
    io.stderr.write(`${path}${line}:${place} ${read.message}\n`);
    return 1;
  }
  const { kind: _, ...imported } = read;
  const written = writePolicy(imported.policy);
  if (out !== undefined && !(await save(out, written, io))) return 1;
  if (json) io.stdout.write(`${JSON.stringify({ ...imported, out: out ?? null }, null, 2)}\n`);
  else if (out === undefined) {
    io.stderr.write(tell(imported));
    io.stdout.write(written);
  } else io.stdout.write(`${tell(imported)}\nThe policy is in ${out}.\n`);
  return 0;
}

async function save(out: string, text: string, io: Io): Promise<boolean> {
  try {
    await writeFile(out, text);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    io.stderr.write(`${error.message}\n`);
    return false;
  }
}

function tell({ format, policy, models, left_behind: left }: ImportedPolicy): string {
  const nodes = Object.keys(policy.nodes).length;
  const rows = models.map(({ name, target, how }) => [name, target, how]);
  const head = `${policyFormatLabels[format]}: ${nodes} ${nodes === 1 ? 'node' : 'nodes'}, “${policy.name}”.\n`;
  const named = rows.length === 0 ? '' : `\n${showTable(['model', 'target', 'match'], rows)}`;
  const behind =
    left.length === 0
      ? '\nEverything came across.\n'
      : `\nNot carried over, or done otherwise (${left.length}):\n${left
          .map(({ path, why, instead }) => `- ${path === '' ? 'the whole' : path}: ${why} ${instead}\n`)
          .join('')}`;
  return head + named + behind;
}
