import { parseArgs } from 'node:util';
import { nearest } from '#engine/nearest.ts';
import type { Io } from './verb.ts';

/** The options a verb takes: a text, texts that it is given any number of times, or a flag. */
export type Options = Readonly<Record<string, 'text' | 'texts' | 'flag'>>;

type ValuesOf<O extends Options> = {
  readonly [K in keyof O]?: O[K] extends 'text' ? string : O[K] extends 'texts' ? readonly string[] : boolean;
};

export type Arguments<O extends Options> =
  | { readonly kind: 'ok'; readonly values: ValuesOf<O>; readonly positionals: readonly string[] }
  /** One sentence: what is wrong and what would be right. */
  | { readonly kind: 'bad'; readonly message: string };

/** Reads `--name value`, `--flag` and what stands alone. Unknown options are mistakes. */
export function parseArguments<const O extends Options>(args: readonly string[], options: O): Arguments<O> {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(options).map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | boolean | readonly string[]> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const problem = problemOf(token.name, token.rawName, token.value, options);
    if (problem !== undefined) return { kind: 'bad', message: problem };
    const had = values[token.name];
    values[token.name] =
      options[token.name] === 'texts'
        ? [...(Array.isArray(had) ? had : []), token.value ?? '']
        : (token.value ?? true);
  }
  return { kind: 'ok', values: values as ValuesOf<O>, positionals };
}

function problemOf(
  name: string,
  raw: string,
  value: string | undefined,
  options: Options,
): string | undefined {
  const kind = Object.hasOwn(options, name) ? options[name] : undefined;
  if (kind === undefined) {
    const near = nearest(name, Object.keys(options));
    return `There is no option ${raw}.${near === undefined ? '' : ` Did you mean --${near}?`}`;
  }
  if (kind === 'flag') return value === undefined ? undefined : `${raw} takes no value.`;
  // A name that follows is the next option, not a value that was forgotten.
  return value === undefined || value.startsWith('--') ? `${raw} needs a value.` : undefined;
}

/** Says what is wrong with the arguments and how they would be right. Answers the exit code for that. */
export function misuse(io: Io, message: string, usage: string): number {
  io.stderr.write(`${message}\n\n${usage.trimEnd()}\n`);
  return 2;
}
