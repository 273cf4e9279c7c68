import type { Dialect } from '#engine/signals/index.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';

/** What a method and a URL below `/v1` ask for. */
export type Route =
  | { readonly kind: 'ask'; readonly dialect: Dialect; readonly query: string }
  | { readonly kind: 'count'; readonly query: string }
  | { readonly kind: 'models' }
  | { readonly kind: 'model'; readonly id: string };

const asks: Readonly<Record<string, Dialect>> = {
  '/v1/chat/completions': 'openai-chat',
  '/v1/responses': 'openai-responses',
  '/v1/messages': 'anthropic-messages',
};

const countPath = '/v1/messages/count_tokens';

const offered =
  'POST /v1/chat/completions, POST /v1/responses, POST /v1/messages, POST /v1/messages/count_tokens, GET /v1/models and GET /v1/models/<id>';

/** Whether a URL is the gateway's: `/v1` and everything below it. */
export function isGatewayPath(url: string | undefined): boolean {
  return url !== undefined && /^\/v1(?:[/?]|$)/.test(url);
}

export function findRoute(method: string, url: string): Route | GatewayProblem {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark);
  const dialect = asks[path];
  if (dialect !== undefined || path === countPath) {
    if (method !== 'POST') return wrongMethod(method, path, 'POST');
    return dialect === undefined ? { kind: 'count', query } : { kind: 'ask', dialect, query };
  }
  if (path === '/v1/models' || path.startsWith('/v1/models/')) return modelsRoute(method, path);
  return makeProblem(404, 'not_found', `There is no ${path} here. The gateway answers ${offered}.`);
}

function modelsRoute(method: string, path: string): Route | GatewayProblem {
  if (method !== 'GET' && method !== 'HEAD') return wrongMethod(method, path, 'GET');
  const id = decode(path.slice('/v1/models/'.length));
  return id === '' ? { kind: 'models' } : { kind: 'model', id };
}

function wrongMethod(method: string, path: string, allow: string): GatewayProblem {
  const message = `${path} does not answer ${method}. Use ${allow}.`;
  return { ...makeProblem(405, 'method_not_allowed', message), allow };
}

/** Clients write the slash of a target both as it is and as `%2F`. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
