import { nearest } from '../nearest.ts';
import { signalRegistry } from '../signals/index.ts';
import { limits, parseCel } from './environment.ts';
import type { Expr } from './expr.ts';
import { lower } from './lower.ts';
import { ExpressionProblem, type ProblemCode } from './problem.ts';

/** What is wrong with a condition, and where in its text (`start` inclusive, `end` exclusive, in UTF-16 units). */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly range: { readonly start: number; readonly end: number };
}

export type Checked =
  | { readonly kind: 'ok'; readonly expr: Expr }
  | { readonly kind: 'bad'; readonly problem: Problem };

/**
 * Reads a condition: CEL text → typed tree. Syntax and types are checked by the CEL library against the signal
 * registry; what remains must be in the part of CEL that can be evaluated a column at a time (see README).
 */
export function checkExpression(text: string): Checked {
  if (text.trim() === '')
    return bad('condition_empty', 'The condition is empty. Write one, such as request.tools > 0.', 0, 0);
  if (text.length > limits.maxCharacters) {
    return bad(
      'condition_too_long',
      `The condition has ${text.length} characters; the most is ${limits.maxCharacters}.`,
      limits.maxCharacters,
      text.length,
    );
  }
  try {
    const parsed = parseCel(text);
    const result = parsed.check();
    if (!result.valid) return fromLibrary(result.error, text);
    if (result.type !== 'bool') {
      return bad(
        'condition_not_boolean',
        `A condition must be true or false; this one is of type ${result.type ?? 'unknown'}.`,
        0,
        text.length,
      );
    }
    return { kind: 'ok', expr: lower(parsed.ast) };
  } catch (error) {
    if (error instanceof ExpressionProblem) return bad(error.code, error.message, error.start, error.end);
    return fromLibrary(error, text);
  }
}

interface LibraryError {
  readonly code?: string;
  readonly summary?: string;
  readonly message: string;
  readonly range?: { readonly start: number; readonly end: number };
}

/** The library's error codes → ours. Its messages are kept, since they name types and operators exactly. */
function fromLibrary(error: unknown, text: string): Checked {
  if (!isLibraryError(error)) throw error;
  const range = error.range ?? { start: 0, end: text.length };
  const word = text.slice(range.start, range.end);
  switch (error.code) {
    case 'unknown_variable':
    case 'no_such_key':
      return bad('condition_unknown_signal', unknownSignal(text, range, word), range.start, range.end);
    case 'no_such_overload':
    case 'no_matching_overload':
      return bad('condition_type', `${typeSentence(error)}${numberHint(error)}`, range.start, range.end);
    default:
      return bad('condition_syntax', sentence(error), range.start, range.end);
  }
}

function unknownSignal(text: string, range: { readonly start: number }, word: string): string {
  const head = /([A-Za-z_][\w]*)\.$/.exec(text.slice(0, range.start))?.[1];
  const name = head === undefined ? word : `${head}.${word}`;
  const near = nearest(
    name,
    signalRegistry.map((signal) => signal.name),
  );
  return `There is no signal "${name}".${near === undefined ? '' : ` Did you mean ${near}?`}`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  double: 'a decimal number',
  bool: 'true or false',
  'list<string>': 'a list of texts',
  'map<string, string>': 'a set of keys and values',
  'map<string, double>': 'a set of keys and numbers',
};

/** `no such overload: string == int` → “A text and a whole number cannot be put together by ==.” */
function typeSentence(error: LibraryError): string {
  const [, left = '', operator = '', right = ''] =
    /^no such overload: (\S+(?:, \S+)?) (\S+) (.+)$/.exec(error.summary ?? '') ?? [];
  const names = [typeNames[left], typeNames[right]];
  if (names.includes(undefined)) return sentence(error);
  const [first = '', second] = names;
  const both = `${first.charAt(0).toUpperCase()}${first.slice(1)} and ${second}`;
  return `${both} cannot be put together by ${operator}.`;
}

/** CEL keeps whole and decimal numbers apart; say so where that is what went wrong. */
function numberHint(error: LibraryError): string {
  return /int.*double|double.*int/.test(error.summary ?? '')
    ? ' Write decimal numbers with a point (1.0), and int(…) or double(…) to convert.'
    : '';
}

function sentence(error: LibraryError): string {
  const text = (error.summary ?? error.message).trim();
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

function isLibraryError(error: unknown): error is LibraryError {
  return error instanceof Error && ['ParseError', 'TypeError', 'EvaluationError'].includes(error.name);
}

function bad(code: ProblemCode, message: string, start: number, end: number): Checked {
  return { kind: 'bad', problem: { code, message, range: { start, end } } };
}
