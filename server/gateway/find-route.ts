import type { IncomingHttpHeaders } from 'node:http';
import type { Dialect } from '#engine/signals/index.ts';
import { bareModel, type UrlHints } from '../dialects/index.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';

/** What a method and a URL of the gateway ask for. Queries hold nothing that an upstream must not see. */
export type Route =
  | {
      readonly kind: 'ask';
      readonly dialect: Dialect;
      readonly query: string;
      readonly url?: UrlHints;
      /** Google's streams come as one JSON array unless the client asks for events. */
      readonly asArray?: boolean;
    }
  | {
      readonly kind: 'count';
      readonly dialect: CountDialect;
      readonly query: string;
      readonly url?: UrlHints;
    }
  | { readonly kind: 'models' }
  | { readonly kind: 'model'; readonly id: string };

/** Dialects with a call that counts the tokens of a request. */
export type CountDialect = 'anthropic-messages' | 'openai-responses' | 'google-generate';

const asks: Readonly<Record<string, Dialect>> = {
  '/v1/chat/completions': 'openai-chat',
  '/v1/responses': 'openai-responses',
  '/v1/messages': 'anthropic-messages',
  '/v1/embeddings': 'openai-embeddings',
  '/v1/completions': 'openai-completions',
};

const counts: Readonly<Record<string, CountDialect>> = {
  '/v1/messages/count_tokens': 'anthropic-messages',
  '/v1/responses/input_tokens': 'openai-responses',
};
/** A model's name may hold slashes and colons: the last colon is the method's. */
const googlePath = /^\/v1(?:beta|alpha)?\/((?:models|tunedModels)\/.+):([A-Za-z]+)$/;
const modelsPath = /^\/v1(?:beta|alpha)?\/models(?:\/(.*))?$/;

const offered = [
  ...Object.keys(asks).map((path) => `POST ${path}`),
  ...Object.keys(counts).map((path) => `POST ${path}`),
  'POST /v1beta/models/<model>:generateContent, :streamGenerateContent and :countTokens',
  'GET /v1/models, /v1beta/models and either with /<id>',
].join(', ');

const keptElsewhere =
  'The gateway keeps no responses: one that was stored, or runs in the background, is to be had from its provider alone. Send the whole conversation in "input" instead.';

/** Whether a URL is the gateway's: `/v1`, Google's `/v1beta` and `/v1alpha`, and everything below them. */
export function isGatewayPath(url: string | undefined): boolean {
  return url !== undefined && /^\/v1(?:beta|alpha)?(?:[/?]|$)/.test(url);
}

/** Whether a client is one of Google's, by its path, its header or the key in its URL. */
export function asksAsGoogle(url: string, headers: IncomingHttpHeaders): boolean {
  return /^\/v1(?:beta|alpha)\b/.test(url) || headers['x-goog-api-key'] !== undefined || keyInUrl(url) !== '';
}

/** The key that Google's clients may write into the URL (`?key=`); empty where there is none. */
export function keyInUrl(url: string): string {
  if (!/^\/v1(?:beta|alpha)?\/(?:models|tunedModels)/.test(url)) return '';
  const mark = url.indexOf('?');
  return mark < 0 ? '' : (new URLSearchParams(url.slice(mark)).get('key') ?? '');
}

export function findRoute(method: string, url: string): Route | GatewayProblem {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : withoutParameters(url.slice(mark), ownParameters);
  const dialect = asks[path];
  const counted = counts[path];
  if ((dialect !== undefined || counted !== undefined) && method !== 'POST') {
    return wrongMethod(method, path, 'POST');
  }
  if (dialect !== undefined) return { kind: 'ask', dialect, query };
  if (counted !== undefined) return { kind: 'count', dialect: counted, query };
  const [, model, verb] = googlePath.exec(path) ?? [];
  if (model !== undefined && verb !== undefined) return googleRoute(method, path, query, model, verb);
  const models = modelsPath.exec(path);
  if (models !== null) return modelsRoute(method, path, models[1] ?? '');
  if (path.startsWith('/v1/responses/')) return makeProblem(404, 'not_found', keptElsewhere);
  return makeProblem(404, 'not_found', `There is no ${path} here. The gateway answers ${offered}.`);
}

function googleRoute(
  method: string,
  path: string,
  query: string,
  model: string,
  verb: string,
): Route | GatewayProblem {
  const stream = verb === 'streamGenerateContent';
  if (verb !== 'generateContent' && !stream && verb !== 'countTokens') {
    const message = `There is no method ${verb} here. Use generateContent, streamGenerateContent or countTokens.`;
    return makeProblem(404, 'not_found', message);
  }
  if (method !== 'POST') return wrongMethod(method, path, 'POST');
  const dialect = 'google-generate' as const;
  const url = { model: bareModel(decode(model)), stream };
  // How the stream is framed for the client is between it and the gateway.
  const passed = withoutParameters(query, formParameters);
  if (verb === 'countTokens') return { kind: 'count', dialect, query: passed, url };
  const asArray = stream && new URLSearchParams(query).get('alt') !== 'sse';
  return { kind: 'ask', dialect, query: passed, url, asArray };
}

function modelsRoute(method: string, path: string, rest: string): Route | GatewayProblem {
  if (method !== 'GET' && method !== 'HEAD') return wrongMethod(method, path, 'GET');
  const id = decode(rest);
  return id === '' ? { kind: 'models' } : { kind: 'model', id };
}

/** The client's own key in a URL. */
const ownParameters = new Set(['key', 'api_key', 'access_token']);
const formParameters = new Set(['alt', '$alt']);

/** The query without some parameters, byte by byte as it was written otherwise; empty when nothing is left. */
function withoutParameters(query: string, names: ReadonlySet<string>): string {
  if (query.length < 2) return '';
  const kept = query
    .slice(1)
    .split('&')
    .filter((pair) => !names.has(decode(pair.split('=', 1)[0] ?? '').toLowerCase()));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
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
