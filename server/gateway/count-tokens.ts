import type { Attempt } from '#engine/plan/index.ts';
import { type Caller, readSignal } from '#engine/signals/index.ts';
import type { Context } from '../context.ts';
import { changeBody, isUnchangedBody } from '../dialects/changes/change-body.ts';
import { dialectsFor, UpstreamFailure } from '../providers/provider.ts';
import { countForms } from './count-forms.ts';
import { boundsOf, connectTimeoutOf } from './deadlines.ts';
import { type Decided, decideRequest } from './decide-request.ts';
import type { Exchange } from './exchange.ts';
import type { Route } from './find-route.ts';
import type { GatewayProblem } from './gateway-problem.ts';
import { intake, type TakenIn } from './intake.ts';
import { measure } from './measure.ts';
import { readBody } from './read-body.ts';
import { addUpstreamHeaders, addWaybillHeaders, type FlatHeaders } from './reply-headers.ts';
import { Watch, watchClient } from './watch.ts';

/** What a count is asked with, beside its body. */
export interface CountAsked {
  readonly caller: Caller;
  readonly route: Extract<Route, { kind: 'count' }>;
  readonly passedOn: Readonly<Record<string, string>>;
}

type Call = Extract<Attempt, { kind: 'call' }>;

/** An answer in the client's dialect, counted by the provider or estimated here. */
interface Counted {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly estimated: boolean;
}

/**
 * Answers `POST /v1/messages/count_tokens`, `POST /v1/responses/input_tokens` and Google's `:countTokens` for the model that a policy would choose first: by
 * its provider where that counts, else with the estimate that policies decide on. Agents compact their context by it.
 * Leaves no record, draws no chance and takes from no limit: nothing is generated and nothing is billed.
 */
export async function replyTokenCount(
  exchange: Exchange,
  asked: CountAsked,
  context: Context,
): Promise<GatewayProblem | undefined> {
  const { req, res } = exchange;
  const raw = await readBody(req, context.config.maxBodyBytes);
  if (!Buffer.isBuffer(raw)) return raw;
  const { route, caller } = asked;
  const form = countForms[route.dialect];
  const taken = intake(
    form.inner(raw),
    req.headers,
    route.dialect,
    route.url === undefined ? {} : { url: route.url },
  );
  if (taken.kind === 'problem') return taken;
  const { fingerprint } = context;
  const signals = measure(taken.request, caller, exchange.at, { fingerprint, draw: () => middleOfChance });
  const pass = context.governance.open({ id: exchange.id, caller, at: exchange.at });
  const { plans } = context;
  const decided = await decideRequest(taken.request.model, signals, { plans }, undefined, pass);
  if (decided.kind === 'problem') return decided;
  const [first] = decided.decision.attempts;
  if (first?.kind === 'refuse') return { kind: 'problem', ...first.refusal, param: null };
  const counted =
    first === undefined || pass.whyNotReached(first.target) !== undefined
      ? undefined
      : await countUpstream(first, taken, asked, exchange, context);
  const estimate = form.write(
    first === undefined || isUnchangedBody(first.changes)
      ? (readSignal(signals, 'request.input_tokens') ?? 0)
      : estimateChanged(first, taken, asked, exchange, context),
  );
  const answer = counted ?? {
    status: 200,
    headers: {},
    body: Buffer.from(JSON.stringify(estimate)),
    estimated: true,
  };
  if (!res.destroyed) send(exchange, decided, first?.target ?? '', answer);
  return undefined;
}

/** The estimate of what would be sent: with the policy's prompt in front, without the images it leaves out. */
function estimateChanged(
  { changes }: Call,
  taken: TakenIn,
  { caller, route }: CountAsked,
  exchange: Exchange,
  { fingerprint }: Context,
): number {
  const { raw } = changeBody(taken, taken.dialect.name, changes);
  const { headers } = exchange.req;
  const changed = intake(raw, headers, route.dialect, route.url === undefined ? {} : { url: route.url });
  if (changed.kind === 'problem') return 0;
  const signals = measure(changed.request, caller, exchange.at, { fingerprint, draw: () => middleOfChance });
  return readSignal(signals, 'request.input_tokens') ?? 0;
}

/** A split sends the likeliest share of its requests past this point, wherever it stands among them. */
const middleOfChance = 0.5;

/** The provider's own count; nothing where it has none, or does not get to it: an estimate serves better than no answer. */
async function countUpstream(
  call: Call,
  { dialect, ...client }: TakenIn,
  { route, passedOn }: CountAsked,
  exchange: Exchange,
  context: Context,
): Promise<Counted | undefined> {
  const served = context.providers.providerFor(call.target);
  if (served === undefined) return undefined;
  const { provider, model } = served;
  if (provider.countTokens === undefined || !dialectsFor(provider, model).includes(dialect.name))
    return undefined;
  const bounds = boundsOf(call, [], false);
  const watch = new Watch(
    { ...bounds, totalMs: Math.min(bounds.totalMs, longestMs) },
    watchClient(exchange.res),
  );
  try {
    const { raw, wire } = isUnchangedBody(call.changes)
      ? client
      : changeBody(client, dialect.name, call.changes);
    const body = dialect.changeRequest(raw, wire, {
      model,
      parameters: {},
      lengthField: provider.lengthField,
    });
    const answer = await provider.countTokens({
      dialect: dialect.name,
      model,
      body: countForms[route.dialect].outer(body, model),
      headers: passedOn,
      query: route.query,
      signal: watch,
      connectTimeoutMs: connectTimeoutOf(call),
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    const { status, headers } = answer;
    // What is wrong with the body is for the client to know; all else is between Waybill and the provider.
    if (status !== 200 && status !== 400 && status !== 413) {
      tellEstimated(exchange, context, call.target, `answered ${status}`);
      return undefined;
    }
    return { status, headers, body: Buffer.concat(chunks), estimated: false };
  } catch (cause) {
    if (!(cause instanceof UpstreamFailure)) throw cause;
    tellEstimated(exchange, context, call.target, cause.message);
    return undefined;
  } finally {
    watch.end();
  }
}

function tellEstimated({ id }: Exchange, { logger }: Context, target: string, why: string): void {
  logger.warn({ request: id, target, why }, 'the provider did not count tokens; an estimate was answered');
}

/** A count that takes longer is of no use to a client that waits for it before it asks anything. */
const longestMs = 10_000;

function send(
  exchange: Exchange,
  decided: Decided,
  target: string,
  { status, headers, body, estimated }: Counted,
): void {
  const flat: FlatHeaders = ['content-type', 'application/json', 'content-length', String(body.length)];
  addWaybillHeaders(flat, exchange, decided, estimated ? 0 : 1, { target, sandbox: false, dropped: [] });
  if (estimated) flat.push('x-waybill-estimated', 'true');
  addUpstreamHeaders(flat, headers);
  exchange.res.writeHead(status, flat);
  exchange.res.end(body);
}
