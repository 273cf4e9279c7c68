import type { Caller } from '#engine/signals/index.ts';
import type { Context } from '../context.ts';
import type { Exchange } from './exchange.ts';
import { asksAsGoogle, type Route } from './find-route.ts';
import { type GatewayProblem, makeProblem } from './gateway-problem.ts';

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  /** What it takes and writes at most, tokens; `null` where that is not known. */
  readonly context: number | null;
  readonly maxOutput: number | null;
}

/** A client's way of writing models. */
interface ModelForm {
  one(model: Listed): object;
  all(models: readonly Listed[]): object;
}

/**
 * Answers `GET /v1/models` and `GET /v1/models/<id>`: in Google's form for its clients, in Anthropic's for those that send
 * `anthropic-version`, else in OpenAI's. Every name is on the one page that there is.
 */
export function replyModels(
  { req, res, id: requestId }: Exchange,
  route: Extract<Route, { kind: 'models' | 'model' }>,
  caller: Caller,
  context: Context,
): GatewayProblem | undefined {
  const form = formFor(req);
  let body: object;
  if (route.kind === 'models') body = form.all(listModels(caller, context));
  else {
    const found = findListed(route.id, caller, context);
    if (found.kind === 'problem') return found;
    body = form.one(found);
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

function formFor({ url = '', headers }: Exchange['req']): ModelForm {
  if (asksAsGoogle(url, headers)) return googleForm;
  return headers['anthropic-version'] === undefined ? openaiForm : anthropicForm;
}

/** What this client may write as `model`: aliases first, then every target that somebody serves. */
function listModels(caller: Caller, context: Context): readonly Listed[] {
  const { plans, catalogue, providers, config, governance, store } = context;
  const names = [...plans.aliases()]
    .filter((alias) => !alias.includes('*'))
    .map((alias) => ({ id: alias, name: alias, owner: 'waybill', ...unlimited }));
  const targets = [...catalogue.models.values()]
    .filter(({ id }) => providers.providerFor(id) !== undefined)
    .map(({ id, name, provider, context, maxOutput }) => ({ id, name, owner: provider, context, maxOutput }));
  const stated = [
    ...store.read().providers.filter(({ disabled }) => !disabled),
    ...config.file.providers,
  ].flatMap(({ id: owner, models }) =>
    models.map(({ id }) => ({ id: `${owner}/${id}`, name: id, owner, ...unlimited })),
  );
  const listed = new Map([...stated, ...targets].map((model) => [model.id, model]));
  return [...names, ...listed.values()].filter(({ id }) => {
    const asked = plans.resolve(id);
    return asked.kind !== 'unknown' && governance.refusesName(caller, id, asked) === undefined;
  });
}

function findListed(
  id: string,
  caller: Caller,
  context: Context,
): (Listed & { readonly kind: 'listed' }) | GatewayProblem {
  const resolved = context.plans.resolve(id);
  if (resolved.kind === 'unknown') return makeProblem(404, 'model_not_found', resolved.message, 'model');
  const refused = context.governance.refusesName(caller, id, resolved);
  if (refused !== undefined) return makeProblem(404, 'model_not_found', refused, 'model');
  if (resolved.kind === 'policy') return { kind: 'listed', id, name: id, owner: 'waybill', ...unlimited };
  const known = context.catalogue.find(id) ?? { name: id, ...unlimited };
  const { name, context: window, maxOutput } = known;
  return { kind: 'listed', id, name, owner: id.slice(0, id.indexOf('/')), context: window, maxOutput };
}

/** A policy's limits are those of the model it will choose. */
const unlimited = { context: null, maxOutput: null } as const;

/** Neither this form nor Anthropic's can leave the date out, and none is known: the epoch says so. */
const openaiForm: ModelForm = {
  one: ({ id, owner }) => ({ id, object: 'model', created: 0, owned_by: owner }),
  all: (models) => ({ object: 'list', data: models.map(openaiForm.one) }),
};

const anthropicForm: ModelForm = {
  one: ({ id, name }) => ({ type: 'model', id, display_name: name, created_at: '1970-01-01T00:00:00Z' }),
  all: (models) => ({
    data: models.map(anthropicForm.one),
    has_more: false,
    first_id: models[0]?.id ?? null,
    last_id: models.at(-1)?.id ?? null,
  }),
};

const googleForm: ModelForm = {
  one: ({ id, name, context, maxOutput }) => ({
    name: `models/${id}`,
    version: '',
    displayName: name,
    ...(context === null ? {} : { inputTokenLimit: context }),
    ...(maxOutput === null ? {} : { outputTokenLimit: maxOutput }),
    supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
  }),
  all: (models) => ({ models: models.map(googleForm.one) }),
};
