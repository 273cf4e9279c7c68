import type { Usage } from '#engine/catalogue/index.ts';
import type { Attempt } from '#engine/plan/index.ts';
import type { Context } from '../context.ts';
import {
  isSpoken,
  type SpokenDialect,
  type TranslatedCall,
  type TranslatedStream,
  translateCall,
  UnreadableBody,
} from '../dialects/translate/index.ts';
import {
  type Provider,
  type UpstreamAnswer,
  type UpstreamCall,
  UpstreamFailure,
} from '../providers/provider.ts';
import { connectTimeoutOf } from './deadlines.ts';
import type { Asked } from './execute.ts';
import { cannotEmbed, passesThrough } from './passes-through.ts';
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
}

/** An answer in the client's dialect. `translation` is `null` where the provider speaks it: bytes through. */
export interface ProviderAnswer extends UpstreamAnswer {
  readonly translation: Translation | null;
}

type Call = Extract<Attempt, { kind: 'call' }>;

/** Calls a provider in a dialect it speaks: the client's own, or another with the answer translated back. */
export async function callProvider(
  call: Call,
  { provider, model }: Served,
  asked: Asked,
  watch: Watch,
  context: Context,
): Promise<ProviderAnswer> {
  const { dialect, raw, wire, request } = asked.taken;
  const { parameters } = call;
  const translated = !passesThrough(dialect.name, call.target, provider.dialects, context);
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
  const spoken = provider.dialects.find(isSpoken);
  if (spoken === undefined) {
    throw new UpstreamFailure('unavailable', `${provider.id} speaks no dialect that can be translated into.`);
  }
  return callTranslated(provider, upstream, spoken, translatorOf(call, upstream, spoken, asked, context));
}

function translatorOf(
  call: Call,
  { dialect, model }: UpstreamCall,
  spoken: SpokenDialect,
  asked: Asked,
  context: Context,
): TranslatedCall {
  const known = context.catalogue.find(call.target);
  return translateCall(dialect, spoken, {
    model,
    maxOutputTokens: known?.maxOutput ?? smallestMaxOutput,
    inputTokens: asked.inputTokens,
    id: context.newId(),
    created: Math.floor(context.clock() / 1_000),
  });
}

/** Every model in use writes this much; Anthropic's dialect demands a number where the client and the catalogue have none. */
const smallestMaxOutput = 4_096;

async function callTranslated(
  provider: Provider,
  call: UpstreamCall,
  spoken: SpokenDialect,
  translator: TranslatedCall,
): Promise<ProviderAnswer> {
  const { body, dropped } = requestOf(translator, call.body);
  // Headers and query belong to the client's dialect; another provider would stumble over them.
  const answer = await provider.call({ ...call, dialect: spoken, body, headers: {}, query: '' });
  const isStream =
    answer.status === 200 && (answer.headers['content-type'] ?? '').startsWith('text/event-stream');
  return isStream ? streamed(answer, translator.stream(), dropped) : whole(answer, translator, dropped);
}

function requestOf(translator: TranslatedCall, body: Buffer): ReturnType<TranslatedCall['request']> {
  try {
    return translator.request(body);
  } catch (cause) {
    if (!(cause instanceof UnreadableBody)) throw cause;
    throw new UpstreamFailure(
      'invalid_request',
      `${cause.param === '' ? 'The body' : `"${cause.param}"`} ${cause.message}`,
      cause,
    );
  }
}

function streamed(
  answer: UpstreamAnswer,
  stream: TranslatedStream,
  dropped: readonly string[],
): ProviderAnswer {
  return {
    ...answer,
    headers: { ...answer.headers, 'content-type': 'text/event-stream; charset=utf-8' },
    body: translatedBody(answer.body, stream),
    translation: {
      get usage() {
        return stream.usage;
      },
      get dropped() {
        return [...dropped, ...stream.dropped];
      },
    },
  };
}

async function* translatedBody(
  body: AsyncIterable<Uint8Array>,
  stream: TranslatedStream,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    const frames = stream.push(chunk);
    if (frames.length > 0) yield Buffer.from(frames.join(''));
  }
  const last = stream.end();
  if (last.length > 0) yield Buffer.from(last.join(''));
}

async function whole(
  answer: UpstreamAnswer,
  translator: TranslatedCall,
  dropped: readonly string[],
): Promise<ProviderAnswer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  const translated = translator.answer(answer.status, answer.headers, Buffer.concat(chunks));
  return {
    status: translated.status,
    headers: translated.headers,
    body: once(translated.body),
    translation: { usage: translated.usage, dropped: [...dropped, ...translated.dropped] },
  };
}

async function* once(body: Buffer): AsyncGenerator<Uint8Array> {
  yield body;
}
