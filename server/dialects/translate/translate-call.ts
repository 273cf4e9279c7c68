import type { Usage } from '#engine/catalogue/index.ts';
import type { Dialect } from '#engine/signals/index.ts';
import { isWireObject, parseJson } from '../wire-value.ts';
import type { AnthropicTraits } from './anthropic-messages/traits.ts';
import { UnreadableBody } from './fields.ts';
import type { Problem } from './neutral-answer.ts';
import type { OpenAiTraits } from './openai-chat/traits.ts';
import { unreadableProblem } from './problem-status.ts';
import { TranslatedStream } from './translated-stream.ts';
import {
  type CallState,
  clientForms,
  type ProviderForm,
  providerForm,
  type SpokenDialect,
} from './wire-form.ts';

/** What a translation cannot know by itself. */
export interface TranslateOptions {
  /** The model's name at the provider. */
  readonly model: string;
  /** The most the model can write: Anthropic's `max_tokens` where an OpenAI client set none. */
  readonly maxOutputTokens: number;
  /** Input tokens as estimated before the call, for `message_start` where the provider has not counted yet. */
  readonly inputTokens: number;
  /** For answers whose provider gives no id. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  /** The request's id here, for errors in dialects that state one. */
  readonly requestId?: string;
  /** What is known of the target beyond its name: the presets of a provider, the catalogue. */
  readonly anthropic?: Partial<AnthropicTraits>;
  readonly openAi?: Partial<OpenAiTraits>;
}

export interface TranslatedRequest {
  readonly body: Buffer;
  /** Names of what could not be carried, for `x-waybill-dropped` and the record. */
  readonly dropped: readonly string[];
}

export interface TranslatedAnswer {
  readonly status: number;
  /** Those of the upstream, `retry-after` included; the body's own are ours. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** `null` where the provider did not say, and for a problem. */
  readonly usage: Usage | null;
  readonly dropped: readonly string[];
  /** Set when the answer is an error, also where the upstream's status was 200. */
  readonly problem: Problem | null;
}

/** One call from a client of one dialect to a provider of another. `request` comes first: answers depend on it. */
export interface TranslatedCall {
  /** @throws {UnreadableBody} where the client's body has the wrong shape. */
  request(body: Uint8Array): TranslatedRequest;
  /** A whole answer, of any status. */
  answer(status: number, headers: Readonly<Record<string, string>>, body: Uint8Array): TranslatedAnswer;
  /** A streamed answer with status 200. */
  stream(): TranslatedStream;
}

/** Translates one call `from` the client's dialect `to` the provider's, and its answer back. */
export function translateCall(from: Dialect, to: SpokenDialect, options: TranslateOptions): TranslatedCall {
  const client = clientForms[from];
  const provider = providerForm(to);
  let state: CallState = { options, asked: {}, includeUsage: false };
  return {
    request(body) {
      const wire = parseJson(textOfBody(body));
      if (wire === undefined) throw new UnreadableBody('', 'is not JSON.');
      const neutral = client.readRequest(wire);
      const written = provider.writeRequest(neutral, options);
      state = {
        options,
        asked: isWireObject(wire) ? wire : {},
        includeUsage: neutral.includeUsage,
        ...(written.toolNames === undefined ? {} : { toolNames: written.toolNames }),
      };
      return { body: Buffer.from(JSON.stringify(written.body)), dropped: written.dropped };
    },

    answer(status, headers, body) {
      const wire = parseJson(textOfBody(body));
      const read = readAnswer(provider, status, wire, state);
      if (read === undefined) {
        const problem = provider.readProblem(wire, status) ?? unreadableProblem(status, headers);
        const { requestId } = options;
        const text = client.writeProblem(requestId === undefined ? problem : { ...problem, requestId });
        return { ...reply(problem.status, headers, text), usage: null, dropped: [], problem };
      }
      const written = client.writeAnswer(read, state);
      const text = JSON.stringify(written.body);
      return { ...reply(status, headers, text), usage: read.usage, dropped: written.dropped, problem: null };
    },

    stream: () =>
      new TranslatedStream(
        (sink) => provider.makeEventReader(sink, state),
        client.makeEventWriter(state),
        options.requestId,
      ),
  };
}

/** The answer, or nothing where the body is none. */
function readAnswer(provider: ProviderForm, status: number, wire: unknown, state: CallState) {
  if (status >= 400) return undefined;
  try {
    return provider.readAnswer(wire, state);
  } catch (error) {
    if (error instanceof UnreadableBody) return undefined;
    throw error;
  }
}

function reply(status: number, headers: Readonly<Record<string, string>>, text: string) {
  const kept = Object.entries(headers).filter(([name]) => !ofTheBody.has(name.toLowerCase()));
  const body = Buffer.from(text);
  return {
    status,
    headers: { ...Object.fromEntries(kept), 'content-type': 'application/json' },
    body,
  };
}

/** Headers that speak of the upstream's bytes. */
const ofTheBody = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'etag',
  'content-md5',
]);

function textOfBody(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}
