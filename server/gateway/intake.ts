import type { IncomingHttpHeaders } from 'node:http';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { Dialect, NeutralRequest } from '#engine/signals/index.ts';
import {
  dialects,
  isWireObject,
  type UrlHints,
  type WireDialect,
  type WireObject,
} from '../dialects/index.ts';
import { headerOf } from './exchange.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';
import { longestName, namesOnly } from './names-only.ts';
import { isOfSubAgent } from './sub-agent.ts';

/** A request taken in: the neutral form, and beside it what the client sent, untouched. */
export interface TakenIn {
  readonly kind: 'taken-in';
  readonly dialect: WireDialect;
  readonly request: NeutralRequest;
  readonly wire: WireObject;
  readonly raw: Buffer;
}

/** What a request's URL says about its body. */
export interface AskedBy {
  readonly url?: UrlHints;
  /** A variant of the dialect, for another form of stream. */
  readonly dialect?: WireDialect;
}

/** Body, headers and URL → one neutral request, or what is wrong with them. */
export function intake(
  raw: Buffer,
  headers: IncomingHttpHeaders,
  name: Dialect,
  { url, dialect = dialects[name] }: AskedBy = {},
): TakenIn | GatewayProblem {
  const text = raw.toString('utf8');
  let wire: unknown;
  try {
    wire = JSON.parse(text);
  } catch {
    return badJson(text, name);
  }
  if (!isWireObject(wire)) {
    return makeProblem(400, 'invalid_request', `The body must be ${bodyOf(name)}.`);
  }
  const read = readShallow(dialect, wire, {
    bytes: raw.length,
    session: headerOf(headers, 'x-waybill-session'),
    user: headerOf(headers, 'x-waybill-user'),
    subAgent: isOfSubAgent(headers),
    ...(url === undefined ? {} : { url }),
  });
  if (read.kind === 'bad') return makeProblem(400, 'invalid_request', read.message, read.param);
  if (read.request.model.length > longestName) return makeProblem(400, 'invalid_request', tooLong, 'model');
  // Whoever reads the body again finds there what the URL said.
  const whole = url === undefined ? wire : { ...wire, ...url };
  return { kind: 'taken-in', dialect, request: namesOnly(read.request), wire: whole, raw };
}

/** Counting the levels of every body would cost more than it saves: one that is too deep is told by the stack it overflows. */
function readShallow(
  dialect: WireDialect,
  wire: WireObject,
  hints: Parameters<WireDialect['readRequest']>[1],
): ReturnType<WireDialect['readRequest']> {
  try {
    return dialect.readRequest(wire, hints);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    return { kind: 'bad', message: 'The body is nested too deeply to be read.', param: '' };
  }
}

const tooLong = `"model" must be a name of at most ${longestName} characters.`;

/** Where a dialect has what it is about. */
const contents: Readonly<Record<Dialect, string>> = {
  'openai-chat': '"model" and "messages"',
  'openai-responses': '"model" and "input"',
  'anthropic-messages': '"model" and "messages"',
  'google-generate': '"contents"',
  'openai-embeddings': '"model" and "input"',
  'openai-completions': '"model" and "prompt"',
};

function bodyOf(name: Dialect): string {
  return `a JSON object with ${contents[name]}`;
}

function badJson(text: string, name: Dialect): GatewayProblem {
  if (text.trim() === '') {
    return makeProblem(400, 'invalid_json', `The body is empty. Send ${bodyOf(name)}.`);
  }
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const first = errors[0];
  if (first === undefined) return makeProblem(400, 'invalid_json', 'The body is not JSON.');
  const before = text.slice(0, first.offset).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  const what = printParseErrorCode(first.error)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return makeProblem(400, 'invalid_json', `The body is not JSON: ${what} at ${place}.`);
}
