import type { SignalDefinition, ValueType } from '#engine/signals/index.ts';
import { tokensOf } from './cel-tokens.ts';
import { likelyValues, signalNamed } from './signal-words.ts';

/** A word of a condition, as it is told to people. */
export interface CelWord {
  readonly name: string;
  /** What it is, or its type, with its unit. */
  readonly type: string;
  readonly unit?: string;
  readonly meaning: string;
  readonly example?: string | undefined;
  /** What a proposal writes, where that is more than the name. */
  readonly insert?: string;
}

const typeWords: Readonly<Record<ValueType, string>> = {
  int: 'whole number',
  double: 'number',
  bool: 'yes or no',
  string: 'text',
  string_list: 'list of texts',
  string_map: 'texts by key',
  double_map: 'numbers by key',
};

/** A signal by its declaration. */
export function wordOfSignal(signal: SignalDefinition): CelWord {
  const { name, valueType, unit, meaning } = signal;
  const type = typeWords[valueType];
  const shared = { name, meaning, example: exampleOf(signal) };
  return unit === undefined ? { ...shared, type } : { ...shared, type: `${type}, ${unit}`, unit };
}

function exampleOf({ name, valueType }: SignalDefinition): string | undefined {
  const [value] = likelyValues(name);
  if (valueType === 'bool') return `!${name}`;
  if (value === undefined) return undefined;
  switch (valueType) {
    case 'string':
      return `${name} == "${value}"`;
    case 'string_list':
      return `"${value}" in ${name}`;
    case 'int':
    case 'double':
      return `${name} >= ${value}`;
    default:
      return undefined;
  }
}

function word(name: string, type: string, meaning: string, example: string, insert?: string): CelWord {
  return { name, type, meaning, example, ...(insert === undefined ? {} : { insert }) };
}

export const functionWords: readonly CelWord[] = [
  word('has', 'function', 'Whether a key is given.', 'has(request.metadata.plan)', 'has('),
  word('size', 'function', 'Length of a text or a list.', 'size(caller.tags) > 0', 'size('),
  word(
    'int',
    'function',
    'A text or decimal number as a whole number.',
    'int(request.metadata.level) > 3',
    'int(',
  ),
  word(
    'double',
    'function',
    'A text or whole number as a decimal number.',
    'double(request.metadata.score) > 0.5',
    'double(',
  ),
  word('true', 'value', 'Always.', 'true'),
  word('false', 'value', 'Never.', 'false'),
];

export const textMethodWords: readonly CelWord[] = [
  word('startsWith', 'method', 'Begins with a text.', 'caller.team.startsWith("eu-")', 'startsWith("'),
  word('endsWith', 'method', 'Ends with a text.', 'caller.team.endsWith("-batch")', 'endsWith("'),
  word('contains', 'method', 'Has a text somewhere in it.', 'caller.team.contains("search")', 'contains("'),
  word('matches', 'method', 'Fits a pattern (RE2).', 'caller.team.matches("^eu-[a-z]+$")', 'matches("'),
  word('lowerAscii', 'method', 'In lower case.', 'caller.team.lowerAscii() == "search"', 'lowerAscii()'),
  word('size', 'method', 'Number of characters.', 'caller.team.size() > 8', 'size()'),
];

export const listMethodWords: readonly CelWord[] = [
  word(
    'exists',
    'method',
    'Whether one of them is so.',
    'caller.tags.exists(tag, tag == "batch")',
    'exists(tag, tag == "',
  ),
  word(
    'all',
    'method',
    'Whether all of them are so.',
    'caller.tags.all(tag, tag == "batch")',
    'all(tag, tag == "',
  ),
  word('size', 'method', 'How many there are.', 'caller.tags.size() > 1', 'size()'),
];

export const joinWords: readonly CelWord[] = [
  word('&&', 'and', 'Both must be true.', 'request.stream && request.tools > 0', '&& '),
  word('||', 'or', 'One must be true.', 'request.stream || request.tools > 0', '|| '),
];

const tokens = 'request.input_tokens';

const otherWords: readonly CelWord[] = [
  word('==', 'operator', 'Is the same.', 'caller.team == "search"'),
  word('!=', 'operator', 'Is not the same.', 'caller.team != "search"'),
  word('>', 'operator', 'Is more than.', `${tokens} > 60000`),
  word('>=', 'operator', 'Is at least.', `${tokens} >= 60000`),
  word('<', 'operator', 'Is less than.', `${tokens} < 60000`),
  word('<=', 'operator', 'Is at most.', `${tokens} <= 60000`),
  word('!', 'operator', 'Turns yes into no.', '!request.stream'),
  word('in', 'operator', 'Is one of a list.', 'caller.team in ["search", "support"]'),
  word(
    '?',
    'operator',
    'The first where the test before it holds, else what follows the colon.',
    `${tokens} > (request.stream ? 1000 : 2000)`,
  ),
  word('+', 'operator', 'Adds numbers, or puts texts together.', `${tokens} + 1000 > 60000`),
  word('-', 'operator', 'Takes a number from another.', `${tokens} - 1000 > 60000`),
  word('*', 'operator', 'Times.', `${tokens} * 2 > 60000`),
  word('/', 'operator', 'Divides; whole numbers without a rest.', `${tokens} / 2 > 60000`),
  word('%', 'operator', 'The rest of a division.', 'time.hour % 2 == 0'),
  word(
    'exists_one',
    'method',
    'Whether exactly one of them is so.',
    'caller.tags.exists_one(tag, tag == "batch")',
  ),
  word('upperAscii', 'method', 'In upper case.', 'caller.team.upperAscii() == "SEARCH"'),
  word('string', 'function', 'A number as a text.', 'string(request.tools) == "1"'),
];

const byName: ReadonlyMap<string, CelWord> = new Map(
  [...listMethodWords, ...textMethodWords, ...functionWords, ...joinWords, ...otherWords].map((one) => [
    one.name,
    one,
  ]),
);

export interface ExplainedWord {
  readonly start: number;
  readonly end: number;
  readonly word: CelWord;
}

/** What stands at a place of a condition: a signal, a function, a method or an operator. Values explain themselves. */
export function explainAt(text: string, at: number): ExplainedWord | undefined {
  const token = tokensOf(text).find(({ start, text: piece }) => at >= start && at < start + piece.length);
  if (token === undefined) return undefined;
  if (token.kind === 'signal' || token.kind === 'word') return explainName(token.start, token.text, at);
  if (token.kind !== 'operator') return undefined;
  for (const { 0: sign, index } of token.text.matchAll(/&&|\|\||[=!<>]=|[<>!?%*/+-]/g)) {
    const [start, end] = [token.start + index, token.start + index + sign.length];
    const word = byName.get(sign);
    if (at >= start && at < end && word !== undefined) return { start, end, word };
  }
  return undefined;
}

/** `caller.team.startsWith` is a signal and a method: each is explained where it stands. */
function explainName(start: number, name: string, at: number): ExplainedWord | undefined {
  const parts = name.split('.');
  for (let count = parts.length; count > 0; count -= 1) {
    const owner = parts.slice(0, count).join('.');
    const signal = signalNamed(owner);
    const end = start + owner.length;
    if (signal === undefined) continue;
    if (at < end) return { start, end, word: wordOfSignal(signal) };
    const methods = signal.valueType === 'string_list' ? listMethodWords : textMethodWords;
    const method = parts[count] ?? '';
    const word = methods.find((one) => one.name === method) ?? byName.get(method);
    return word === undefined ? undefined : { start: end + 1, end: end + 1 + method.length, word };
  }
  const word = byName.get(name);
  return word === undefined ? undefined : { start, end: start + name.length, word };
}
