import type { IncomingHttpHeaders } from 'node:http';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { Dialect, NeutralRequest } from '#engine/signals/index.ts';
import { dialects, isWireObject, type WireDialect, type WireObject } from '../dialects/index.ts';
import { headerOf } from './exchange.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';

/** A request taken in: the neutral form, and beside it what the client sent, untouched. */
export interface TakenIn {
  readonly kind: 'taken-in';
  readonly dialect: WireDialect;
  readonly request: NeutralRequest;
  readonly wire: WireObject;
  readonly raw: Buffer;
}

/** Body and headers → one neutral request, or what is wrong with them. */
export function intake(raw: Buffer, headers: IncomingHttpHeaders, name: Dialect): TakenIn | GatewayProblem {
  const text = raw.toString('utf8');
  let wire: unknown;
  try {
    wire = JSON.parse(text);
  } catch {
    return badJson(text, name);
  }
  if (!isWireObject(wire)) {
    const message = `The body must be a JSON object with "model" and "${contentOf(name)}".`;
    return makeProblem(400, 'invalid_request', message);
  }
  const dialect = dialects[name];
  const read = dialect.readRequest(wire, {
    bytes: raw.length,
    session: headerOf(headers, 'x-waybill-session'),
    user: headerOf(headers, 'x-waybill-user'),
  });
  if (read.kind === 'bad') return makeProblem(400, 'invalid_request', read.message, read.param);
  return { kind: 'taken-in', dialect, request: read.request, wire, raw };
}

/** Where a dialect has its conversation. */
function contentOf(name: Dialect): string {
  return name === 'openai-responses' ? 'input' : 'messages';
}

function badJson(text: string, name: Dialect): GatewayProblem {
  if (text.trim() === '') {
    return makeProblem(
      400,
      'invalid_json',
      `The body is empty. Send a JSON object with "model" and "${contentOf(name)}".`,
    );
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
