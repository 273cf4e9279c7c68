import type { Attempt } from '#engine/plan/index.ts';
import { type Caller, readSignal } from '#engine/signals/index.ts';
import type { Context } from '../context.ts';
import { UpstreamFailure } from '../providers/provider.ts';
import { boundsOf, connectTimeoutOf } from './deadlines.ts';
import { type Decided, decideRequest } from './decide-request.ts';
import type { Exchange } from './exchange.ts';
import type { GatewayProblem } from './gateway-problem.ts';
import { intake, type TakenIn } from './intake.ts';
import { measure } from './measure.ts';
import { readBody } from './read-body.ts';
import { addUpstreamHeaders, addWaybillHeaders, type FlatHeaders } from './reply-headers.ts';
import { Watch, watchClient } from './watch.ts';

/** What a count is asked with, beside its body. */
export interface CountAsked {
  readonly caller: Caller;
  readonly query: string;
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
 * Answers `POST /v1/messages/count_tokens` for the model that a policy would choose first: by its provider where that
 * counts, else with the estimate that policies decide on. Agents compact their context by it. Leaves no record: nothing
 * is generated and nothing is billed.
 */
export async function replyTokenCount(
  exchange: Exchange,
  asked: CountAsked,
  context: Context,
): Promise<GatewayProblem | undefined> {
  const { req, res } = exchange;
  const raw = await readBody(req, context.config.maxBodyBytes);
  if (!Buffer.isBuffer(raw)) return raw;
  const taken = intake(raw, req.headers, 'anthropic-messages');
  if (taken.kind === 'problem') return taken;
  const signals = measure(taken.request, asked.caller, exchange.at, context);
  const decided = decideRequest(taken.request.model, signals, context.plans);
  if (decided.kind === 'problem') return decided;
  const [first] = decided.decision.attempts;
  if (first?.kind === 'refuse') return { kind: 'problem', ...first.refusal, param: null };
  const counted =
    first === undefined ? undefined : await countUpstream(first, taken, asked, exchange, context);
  const estimate = { input_tokens: readSignal(signals, 'request.input_tokens') ?? 0 };
  const answer = counted ?? {
    status: 200,
    headers: {},
    body: Buffer.from(JSON.stringify(estimate)),
    estimated: true,
  };
  if (!res.destroyed) send(exchange, decided, first?.target ?? '', answer);
  return undefined;
}

/** The provider's own count; nothing where it has none, or does not get to it: an estimate serves better than no answer. */
async function countUpstream(
  call: Call,
  { dialect, raw, wire }: TakenIn,
  { query, passedOn }: CountAsked,
  exchange: Exchange,
  context: Context,
): Promise<Counted | undefined> {
  const served = context.providers.providerFor(call.target);
  if (served === undefined) return undefined;
  const { provider, model } = served;
  if (provider.countTokens === undefined) return undefined;
  const bounds = boundsOf(call, [], false);
  const watch = new Watch(
    { ...bounds, totalMs: Math.min(bounds.totalMs, longestMs) },
    watchClient(exchange.res),
  );
  try {
    const answer = await provider.countTokens({
      body: dialect.changeRequest(raw, wire, { model, parameters: {}, lengthField: provider.lengthField }),
      headers: passedOn,
      query,
      signal: watch,
      connectTimeoutMs: connectTimeoutOf(call),
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    const { status, headers } = answer;
    // What is wrong with the body is for the client to know; all else is between Waybill and the provider.
    if (status !== 200 && status !== 400 && status !== 413) return undefined;
    return { status, headers, body: Buffer.concat(chunks), estimated: false };
  } catch (cause) {
    if (cause instanceof UpstreamFailure) return undefined;
    throw cause;
  } finally {
    watch.end();
  }
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
