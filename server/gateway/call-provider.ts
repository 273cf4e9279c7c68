import type { Usage } from '#engine/catalogue/index.ts';
import type { Attempt } from '#engine/plan/index.ts';
import type { Context } from '../context.ts';
import { changeBody, isUnchangedBody } from '../dialects/changes/change-body.ts';
import {
  hearClient,
  isSpoken,
  type Problem,
  type SpokenDialect,
  type StreamProgress,
  type TranslatedCall,
  type TranslatedStream,
  type TranslateOptions,
  translateCall,
  UnreadableBody,
} from '../dialects/translate/index.ts';
import { allowFlags } from '../providers/anthropic/beta-flags.ts';
import { dialectsFor, type Provider, type UpstreamAnswer, type UpstreamCall } from '../providers/provider.ts';
import { callNeutrally, unreadable } from './call-neutral.ts';
import { connectTimeoutOf } from './deadlines.ts';
import type { Asked } from './execute.ts';
import { cannotEmbed, passesThrough } from './passes-through.ts';
import { readWhole } from './read-whole.ts';
import { TranslatedBody } from './translated-body.ts';
import type { Watch } from './watch.ts';

/** Who serves an attempt, and under what name. */
export interface Served {
  readonly provider: Provider;
  readonly model: string;
}

/** What a translated answer knows that its bytes, being in the client's dialect, may no longer say. */
export interface Translation {
  /** As the provider counted, every class of it; `null` where it did not say. */
  readonly usage: Usage | null;
  /** Names of what could not be carried, there and back. */
  readonly dropped: readonly string[];
  /** Of a stream: what its events have said so far, so that they need not be read again. */
  readonly progress: StreamProgress | null;
  /** Why there is no answer, as the provider said it: the client's dialect may have no words for it. */
  readonly problem?: Problem | null;
}

/** An answer in the client's dialect. `translation` is `null` where the provider speaks it: bytes through. */
export interface ProviderAnswer extends UpstreamAnswer {
  readonly translation: Translation | null;
  /** Changes of the policy that the client's dialect has no place for; left out: none. */
  readonly undone?: readonly string[];
}

type Call = Extract<Attempt, { kind: 'call' }>;

/**
 * Calls a provider in a dialect it speaks: the client's own, or another with the answer translated back. What the policy
 * changes of the request is carried out first, so that it holds for every provider.
 */
export async function callProvider(
  call: Call,
  served: Served,
  asked: Asked,
  watch: Watch,
  context: Context,
): Promise<ProviderAnswer> {
  const { taken } = asked;
  if (isUnchangedBody(call.changes)) return callWith(call, served, asked, watch, context);
  const { undone, ...body } = changeBody(taken, taken.dialect.name, call.changes);
  const changed = { ...asked, taken: { ...taken, ...body } };
  const answer = await callWith(call, served, changed, watch, context);
  return undone.length === 0 ? answer : { ...answer, undone };
}

async function callWith(
  call: Call,
  { provider, model }: Served,
  asked: Asked,
  watch: Watch,
  context: Context,
): Promise<ProviderAnswer> {
  const { dialect, raw, wire, request } = asked.taken;
  const { parameters } = call.changes;
  const dialects = dialectsFor(provider, model);
  const translated = !passesThrough(dialect.name, call.target, dialects, context);
  if (translated && dialect.name === 'openai-embeddings') throw cannotEmbed(call.target, context);
  const upstream: UpstreamCall = {
    dialect: dialect.name,
    model,
    body: dialect.changeRequest(raw, wire, {
      model,
      parameters,
      lengthField: provider.lengthField,
      translated,
    }),
    stream: request.stream,
    headers: asked.passedOn,
    query: asked.query,
    signal: watch,
    connectTimeoutMs: connectTimeoutOf(call),
  };
  if (!translated) return { ...(await provider.call(upstream)), translation: null };
  const options = optionsOf(call, { provider, model }, asked, context);
  const spoken = dialects.find(isSpoken);
  if (spoken === undefined) {
    const { maxOutputTokens } = options;
    const client = hearClient(dialect.name, options);
    return callNeutrally(provider, upstream, client, { maxOutputTokens, newId: context.newId });
  }
  const translator = translateCall(dialect.name, spoken, options);
  return callTranslated(provider, upstream, spoken, translator, watch);
}

function optionsOf(
  call: Call,
  { provider, model }: Served,
  asked: Asked,
  context: Context,
): TranslateOptions {
  const known = context.catalogue.find(call.target);
  return {
    model,
    maxOutputTokens: known?.maxOutput ?? smallestMaxOutput,
    inputTokens: asked.inputTokens,
    id: context.newId(),
    created: Math.floor(context.clock() / 1_000),
    requestId: asked.requestId,
    openAi: provider.openAiTraits?.(model) ?? {},
  };
}

/** Every model in use writes this much; Anthropic's dialect demands a number where the client and the catalogue have none. */
const smallestMaxOutput = 4_096;

async function callTranslated(
  provider: Provider,
  call: UpstreamCall,
  spoken: SpokenDialect,
  translator: TranslatedCall,
  watch: Watch,
): Promise<ProviderAnswer> {
  const { body, dropped: lost } = requestOf(translator, call.body);
  // Headers and query belong to the client's dialect; another provider would stumble over them.
  const answer = await provider.call({ ...call, dialect: spoken, body, headers: {}, query: '' });
  const dropped = [...lost, ...flagsLost(call), ...(answer.dropped ?? [])];
  const isStream =
    answer.status === 200 && (answer.headers['content-type'] ?? '').startsWith('text/event-stream');
  return isStream
    ? streamed(answer, translator.stream(), dropped, watch)
    : whole(answer, translator, dropped, watch);
}

/** Flags of Anthropic's mean nothing in another dialect. */
function flagsLost({ headers }: UpstreamCall): readonly string[] {
  return allowFlags(headers['anthropic-beta'], []).dropped;
}

function requestOf(translator: TranslatedCall, body: Buffer): ReturnType<TranslatedCall['request']> {
  try {
    return translator.request(body);
  } catch (cause) {
    throw cause instanceof UnreadableBody ? unreadable(cause) : cause;
  }
}

function streamed(
  answer: UpstreamAnswer,
  stream: TranslatedStream,
  dropped: readonly string[],
  watch: Watch,
): ProviderAnswer {
  return {
    ...answer,
    headers: { ...answer.headers, 'content-type': 'text/event-stream; charset=utf-8' },
    body: new TranslatedBody(answer.body, stream, watch),
    translation: {
      get usage() {
        return stream.usage;
      },
      get dropped() {
        return [...dropped, ...stream.dropped];
      },
      progress: stream,
    },
  };
}

async function whole(
  answer: UpstreamAnswer,
  translator: TranslatedCall,
  dropped: readonly string[],
  watch: Watch,
): Promise<ProviderAnswer> {
  const bytes = await readWhole(answer.body, watch);
  const translated = translator.answer(answer.status, answer.headers, bytes);
  return {
    status: translated.status,
    headers: translated.headers,
    body: once(translated.body),
    translation: {
      usage: translated.usage,
      dropped: [...dropped, ...translated.dropped],
      progress: null,
      problem: translated.problem,
    },
  };
}

async function* once(body: Buffer): AsyncGenerator<Uint8Array> {
  yield body;
}
