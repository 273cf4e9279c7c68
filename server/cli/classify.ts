import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { classifyTask, type TaskInput } from '#engine/classify/index.ts';
import { misuse, parseArguments } from './parse-arguments.ts';
import type { Io, Verb } from './verb.ts';

const usage = `Usage: waybill classify [--json] < FILE

Says what requests ask for. Reads JSON lines { "text", "tools"?, "messages"?, "system"? } and writes a line for each, in
order: { "task", "confidence", "difficulty", "scores" }. tools and messages are lists or their lengths. A line that cannot
be read is answered by { "error" }, and the exit code is 1 at the end. The output is JSON lines with and without --json.`;

/** `waybill classify`: JSON lines in, what is asked out. */
export const classify: Verb = {
  summary: 'what requests ask for: JSON lines in, JSON lines out',
  usage,
  async run(args, io) {
    const parsed = parseArguments(args, { json: 'flag' });
    if (parsed.kind === 'bad') return misuse(io, parsed.message, usage);
    if (parsed.positionals.length > 0)
      return misuse(io, 'The lines come on standard input, not as files.', usage);
    let number = 0;
    let isBroken = false;
    for await (const line of createInterface({ input: io.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      const answer = classifyLine(line);
      isBroken ||= answer.kind === 'bad';
      const value =
        answer.kind === 'ok' ? classifyTask(answer.input) : { error: `Line ${number} ${answer.problem}` };
      await write(io, `${JSON.stringify(value)}\n`);
    }
    return isBroken ? 1 : 0;
  },
};

type ReadLine =
  | { readonly kind: 'ok'; readonly input: TaskInput }
  | { readonly kind: 'bad'; readonly problem: string };

function classifyLine(line: string): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'bad', problem: 'is not JSON.' };
  }
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string') {
    return {
      kind: 'bad',
      problem: 'must be a JSON object with "text", such as {"text": "Translate this."}.',
    };
  }
  const tools = countOf(value, 'tools');
  const messages = countOf(value, 'messages');
  if (tools === 'bad' || messages === 'bad') {
    const name = tools === 'bad' ? 'tools' : 'messages';
    return { kind: 'bad', problem: `has "${name}" that is neither a list nor a whole number.` };
  }
  const system = 'system' in value && typeof value.system === 'string' ? value.system : undefined;
  const input: TaskInput = {
    text: value.text,
    ...(system === undefined ? {} : { system }),
    ...(tools === undefined ? {} : { tools }),
    ...(messages === undefined ? {} : { messages }),
  };
  return { kind: 'ok', input };
}

/** A list's length, or a number as it stands. */
function countOf(value: object, name: 'tools' | 'messages'): number | undefined | 'bad' {
  const found: unknown = Reflect.get(value, name);
  if (found === undefined || found === null) return undefined;
  if (Array.isArray(found)) return found.length;
  return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : 'bad';
}

/** Waits where the reader of our output is slower than we are. */
async function write({ stdout }: Io, text: string): Promise<void> {
  if (stdout.write(text) === false && stdout instanceof Writable) await once(stdout, 'drain');
}
