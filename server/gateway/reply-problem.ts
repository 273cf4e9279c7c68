import { dialects, type WireDialect } from '../dialects/index.ts';
import type { Exchange } from './exchange.ts';
import { asksAsGoogle } from './find-route.ts';
import type { GatewayProblem } from './gateway-problem.ts';

/** The dialect of a client of which no more than its URL and headers is known. */
export function dialectOfHeaders({ req }: Exchange): WireDialect {
  if (asksAsGoogle(req.url ?? '', req.headers)) return dialects['google-generate'];
  return req.headers['anthropic-version'] === undefined
    ? dialects['openai-chat']
    : dialects['anthropic-messages'];
}

/** Answers with an error in the client's own dialect. A connection with unread bytes on it is not used again. */
export function replyProblem(exchange: Exchange, problem: GatewayProblem, dialect: WireDialect): void {
  const { req, res, id } = exchange;
  if (res.headersSent || res.destroyed) {
    res.destroy();
    return;
  }
  const { status, code, message, param, allow, headers = {} } = problem;
  const body = dialect.errorBody({ status, code, message, param, requestId: id });
  res.writeHead(status, [
    'content-type',
    'application/json',
    'content-length',
    String(Buffer.byteLength(body)),
    'x-waybill-request-id',
    id,
    ...exchange.tell().flat(),
    ...Object.entries(headers).flat(),
    ...(allow === undefined ? [] : ['allow', allow]),
    ...(status === 401 ? ['www-authenticate', 'Bearer realm="waybill"'] : []),
    ...(req.complete ? [] : ['connection', 'close']),
  ]);
  res.end(req.method === 'HEAD' ? undefined : body);
}
