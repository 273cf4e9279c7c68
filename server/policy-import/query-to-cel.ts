import { checkExpression } from '#engine/expression/index.ts';
import { isObject, items, keysOf, member, type Source, textOf } from './source.ts';

/** A query as a condition, or why it cannot be one. */
export type Cel =
  | { readonly kind: 'ok'; readonly text: string }
  | { readonly kind: 'no'; readonly path: string; readonly why: string };

/** What a field of a query is in our words: text, a number, or metadata, whose values are texts that may be missing. */
type Field =
  | { readonly kind: 'text' | 'number' | 'flag'; readonly text: string }
  | { readonly kind: 'metadata'; readonly key: string };

const parameters: Readonly<Record<string, Field>> = {
  model: { kind: 'text', text: 'request.model' },
  user: { kind: 'text', text: 'caller.user' },
  stream: { kind: 'flag', text: 'request.stream' },
  max_tokens: { kind: 'number', text: 'request.max_output_tokens' },
  max_completion_tokens: { kind: 'number', text: 'request.max_output_tokens' },
  max_output_tokens: { kind: 'number', text: 'request.max_output_tokens' },
  reasoning_effort: { kind: 'text', text: 'request.reasoning_effort' },
};

const mostDeep = 12;

class NoCel extends Error {
  readonly path: string;
  constructor(path: string, why: string) {
    super(why);
    this.path = path;
  }
}

/**
 * A query with operators as MongoDB has them (`$eq`, `$in`, `$and`, …) as a condition in CEL. Several fields of one object
 * must all hold. What asks about something that no signal measures is refused as a whole, never weakened.
 */
export function queryToCel(query: Source): Cel {
  try {
    const text = unwrapped(whole(query, 0));
    const checked = checkExpression(text);
    if (checked.kind === 'ok') return { kind: 'ok', text };
    return { kind: 'no', path: query.path, why: checked.problem.message };
  } catch (error) {
    if (error instanceof NoCel) return { kind: 'no', path: error.path, why: error.message };
    throw error;
  }
}

function whole(query: Source, depth: number): string {
  if (depth > mostDeep) throw new NoCel(query.path, 'The query is nested too deeply.');
  if (!isObject(query.value)) throw new NoCel(query.path, 'A query must be an object.');
  const parts = keysOf(query).map((key) => {
    const one = member(query, key);
    if (key === '$and' || key === '$or') return combined(one, key === '$and' ? ' && ' : ' || ', depth);
    if (key === '$nor') return `!${combined(one, ' || ', depth)}`;
    if (key.startsWith('$')) throw new NoCel(one.path, `There is no operator "${key}" between conditions.`);
    return comparisons(fieldNamed(key, one.path), one, depth);
  });
  if (parts.length === 0) throw new NoCel(query.path, 'The query asks nothing.');
  return joined(parts, ' && ');
}

function combined(list: Source, by: string, depth: number): string {
  const parts = items(list).map((item) => whole(item, depth + 1));
  if (parts.length === 0) throw new NoCel(list.path, 'There must be at least one condition in the list.');
  return joined(parts, by);
}

/** In brackets, so that it can stand anywhere. */
function joined(parts: readonly string[], by: string): string {
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(by)})`;
}

/** Without the brackets around everything. */
function unwrapped(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length - 1; at += 1) {
    const mark = text.charAt(at);
    if (quoted && mark === '\\') at += 1;
    else if (mark === '"') quoted = !quoted;
    else if (!quoted && mark === '(') depth += 1;
    else if (!quoted && mark === ')') depth -= 1;
    if (depth === 0) return text;
  }
  return text.slice(1, -1);
}

function fieldNamed(name: string, path: string): Field {
  const [room, ...rest] = name.replace(/^request\./, '').split('.');
  const key = rest.join('.');
  if (room === 'metadata' && key !== '') return { kind: 'metadata', key };
  const isParameter = room === 'params' || room === 'body';
  const found = isParameter && Object.hasOwn(parameters, key) ? parameters[key] : undefined;
  if (found !== undefined) return found;
  throw new NoCel(path, `No signal tells "${name}".`);
}

function comparisons(field: Field, operand: Source, depth: number): string {
  const operators = keysOf(operand).filter((key) => key.startsWith('$'));
  if (operators.length === 0) return comparison(field, '$eq', operand, depth);
  if (operators.length !== keysOf(operand).length)
    throw new NoCel(operand.path, 'Operators and values are mixed.');
  return joined(
    operators.map((key) => comparison(field, key, member(operand, key), depth)),
    ' && ',
  );
}

const signs: Readonly<Record<string, string>> = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' };

function comparison(field: Field, operator: string, operand: Source, depth: number): string {
  const sign = Object.hasOwn(signs, operator) ? signs[operator] : undefined;
  if (sign !== undefined)
    return present(field, `${asNumber(field, operand)} ${sign} ${numberText(field, operand)}`);
  switch (operator) {
    case '$eq':
      return present(field, `${nameOf(field)} == ${literal(field, operand)}`);
    case '$ne':
      return absentOr(field, `${nameOf(field)} != ${literal(field, operand)}`);
    case '$in':
      return present(field, `${nameOf(field)} in ${list(field, operand)}`);
    case '$nin':
      return absentOr(field, `!(${nameOf(field)} in ${list(field, operand)})`);
    case '$regex':
      return present(field, `${textual(field, operand)}.matches(${quote(textOf(operand), operand)})`);
    case '$exists':
      return exists(field, operand);
    case '$not':
      return `!(${comparisons(field, operand, depth + 1)})`;
    default:
      throw new NoCel(operand.path, `There is no operator "${operator}".`);
  }
}

function nameOf(field: Field): string {
  return field.kind === 'metadata' ? `request.metadata${access(field.key)}` : field.text;
}

const identifier = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const reserved = new Set([
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'false',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'namespace',
  'null',
  'package',
  'return',
  'true',
  'var',
  'void',
  'while',
]);

function access(key: string): string {
  return isPlain(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function isPlain(key: string): boolean {
  return identifier.test(key) && !reserved.has(key);
}

/** Metadata that is not there answers no, rather than leaving the question open. */
function present(field: Field, test: string): string {
  return field.kind === 'metadata' ? `(${presence(field.key)} && ${test})` : test;
}

function absentOr(field: Field, test: string): string {
  return field.kind === 'metadata' ? `(!${presenceInBrackets(field.key)} || ${test})` : test;
}

function presence(key: string): string {
  return isPlain(key) ? `has(request.metadata.${key})` : `${JSON.stringify(key)} in request.metadata`;
}

function presenceInBrackets(key: string): string {
  return isPlain(key) ? presence(key) : `(${presence(key)})`;
}

function exists(field: Field, operand: Source): string {
  if (field.kind !== 'metadata') throw new NoCel(operand.path, 'This is always there.');
  return operand.value === false ? `!${presenceInBrackets(field.key)}` : presenceInBrackets(field.key);
}

function literal(field: Field, { value, path }: Source): string {
  if (field.kind === 'number' && typeof value === 'number' && Number.isSafeInteger(value))
    return String(value);
  if (field.kind === 'flag' && typeof value === 'boolean') return String(value);
  const isText = field.kind === 'text' || field.kind === 'metadata';
  // Metadata are texts, also where they read as numbers.
  if (isText && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'))
    return JSON.stringify(String(value));
  throw new NoCel(path, `It cannot be compared with ${JSON.stringify(value) ?? 'nothing'}.`);
}

function list(field: Field, operand: Source): string {
  const values = items(operand).map((item) => literal(field, item));
  if (values.length === 0) throw new NoCel(operand.path, 'There must be a list of values.');
  return `[${values.join(', ')}]`;
}

function asNumber(field: Field, { path }: Source): string {
  if (field.kind === 'number') return field.text;
  if (field.kind === 'metadata') return `double(${nameOf(field)})`;
  throw new NoCel(path, `${field.text} is no number.`);
}

function numberText(field: Field, { value, path }: Source): string {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number))
    throw new NoCel(path, 'It must be compared with a number.');
  if (field.kind === 'number' && !Number.isSafeInteger(number))
    throw new NoCel(path, 'It must be compared with a whole number.');
  if (field.kind === 'number') return String(number);
  return Number.isInteger(number) ? `${number}.0` : String(number);
}

function textual(field: Field, { path }: Source): string {
  if (field.kind === 'text' || field.kind === 'metadata') return nameOf(field);
  throw new NoCel(path, `${field.text} is no text.`);
}

function quote(text: string | null, { path }: Source): string {
  if (text === null) throw new NoCel(path, 'It must be a text.');
  return JSON.stringify(text);
}
