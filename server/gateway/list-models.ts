import type { Context } from '../context.ts';
import type { Exchange } from './exchange.ts';
import type { Route } from './find-route.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
}

/** Answers `GET /v1/models` and `GET /v1/models/<id>`, in Anthropic's form for clients that send `anthropic-version`. */
export function replyModels(
  { req, res, id: requestId }: Exchange,
  route: Extract<Route, { kind: 'models' | 'model' }>,
  context: Context,
): GatewayProblem | undefined {
  const anthropic = req.headers['anthropic-version'] !== undefined;
  const write = anthropic ? anthropicModel : openaiModel;
  let body: object;
  if (route.kind === 'models') {
    const data = listModels(context).map(write);
    body = anthropic ? anthropicList(data) : { object: 'list', data };
  } else {
    const found = findListed(route.id, context);
    if (found.kind === 'problem') return found;
    body = write(found);
  }
  const text = JSON.stringify(body);
  res.writeHead(200, [
    'content-type',
    'application/json',
    'content-length',
    String(Buffer.byteLength(text)),
    'x-waybill-request-id',
    requestId,
  ]);
  res.end(req.method === 'HEAD' ? undefined : text);
  return undefined;
}

/** What a client may write as `model` here: aliases and policies first, then every target that somebody serves. */
function listModels({ plans, catalogue, providers, config }: Context): readonly Listed[] {
  const names = [...plans.aliases()]
    .filter((alias) => !alias.includes('*'))
    .map((alias) => ({ id: alias, name: alias, owner: 'waybill' }));
  const targets = [...catalogue.models.values()]
    .filter(({ id }) => providers.providerFor(id) !== undefined)
    .map(({ id, name, provider }) => ({ id, name, owner: provider }));
  const stated = config.file.providers.flatMap(({ id: owner, models }) =>
    models.map(({ id }) => ({ id: `${owner}/${id}`, name: id, owner })),
  );
  const listed = new Map([...stated, ...targets].map((model) => [model.id, model]));
  return [...names, ...listed.values()];
}

function findListed(id: string, context: Context): (Listed & { readonly kind: 'listed' }) | GatewayProblem {
  const resolved = context.plans.resolve(id);
  if (resolved.kind === 'unknown') return makeProblem(404, 'model_not_found', resolved.message, 'model');
  if (resolved.kind === 'policy') return { kind: 'listed', id, name: id, owner: 'waybill' };
  const name = context.catalogue.find(id)?.name ?? id;
  return { kind: 'listed', id, name, owner: id.slice(0, id.indexOf('/')) };
}

/** Neither form can leave the date out, and none is known: the epoch says so. */
function openaiModel({ id, owner }: Listed): object {
  return { id, object: 'model', created: 0, owned_by: owner };
}

function anthropicModel({ id, name }: Listed): object {
  return { type: 'model', id, display_name: name, created_at: '1970-01-01T00:00:00Z' };
}

function anthropicList(data: readonly object[]): object {
  const [first] = data;
  const last = data.at(-1);
  return { data, has_more: false, first_id: idOf(first), last_id: idOf(last) };
}

function idOf(model: object | undefined): string | null {
  return model !== undefined && 'id' in model && typeof model.id === 'string' ? model.id : null;
}
