import type { ErrorClass } from '#engine/nodes/index.ts';
import type { Dialect } from '#engine/signals/index.ts';
import type { Neutral } from '../dialects/translate/neutral.ts';
import type { Answer, AnswerEvent, Problem } from '../dialects/translate/neutral-answer.ts';
import type { OpenAiTraits } from '../dialects/translate/openai-chat/traits.ts';
import type { KeyState } from './keys/key-pool.ts';
import type { ProviderKind } from './kinds.ts';

/**
 * Says when a call is no longer wanted: its deadline has passed or its client has left. An AbortSignal in all but name,
 * at a tenth of its cost (4 µs a request with a listener, of the 40 µs that a bare proxy takes).
 */
export interface StopSignal {
  readonly stopped: boolean;
  /** Calls back once; at once when it is stopped already. A later listener takes the place of an earlier one. */
  onStop(listener: () => void): void;
}

/** What a target needs of a call: a body already in the provider's dialect. */
export interface UpstreamCall {
  readonly dialect: Dialect;
  /** The model's name at the provider, without the provider's id. */
  readonly model: string;
  readonly body: Buffer;
  readonly stream: boolean;
  /** Headers of the client that may be passed on (`anthropic-beta`, `anthropic-version`, …), lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Query of the client's URL with its question mark (`?beta=true`); empty when there is none. */
  readonly query: string;
  readonly signal: StopSignal;
  readonly connectTimeoutMs: number;
}

/** An upstream's answer: status and headers first, the body as it comes, back-pressure included. */
export interface UpstreamAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Ends by throwing {@link UpstreamFailure} when the upstream breaks off. Read once. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Fields and headers of the call that the provider does not take and was not sent; absent when it got everything. */
  readonly dropped?: readonly string[];
}

/** A call in no dialect: for providers that a library speaks to. */
export interface NeutralCall {
  readonly neutral: Neutral;
  readonly model: string;
  readonly stream: boolean;
  /** The most the model can write, as the catalogue has it. */
  readonly maxOutputTokens: number;
  readonly signal: StopSignal;
  readonly connectTimeoutMs: number;
  /** For answers whose provider gives no id. */
  readonly newId: () => string;
}

/** Its answer. `dropped` names what could not be carried; of a stream, as far as it is known by then. */
export type NeutralAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly dropped: readonly string[];
} & (
  | { readonly kind: 'whole'; readonly answer: Answer }
  /** Ends with `end` or `error`, or by throwing {@link UpstreamFailure}. Read once. */
  | { readonly kind: 'stream'; readonly events: AsyncIterable<AnswerEvent> }
  | { readonly kind: 'problem'; readonly problem: Problem }
);

/** A call that got no answer at all, or an answer that broke off. */
export class UpstreamFailure extends Error {
  readonly error: ErrorClass;
  constructor(error: ErrorClass, message: string, cause?: unknown) {
    super(message, { cause });
    this.error = error;
  }
}

/** What is known of a provider without asking it. */
export interface ProviderFacts {
  readonly kind: ProviderKind | 'sandbox';
  readonly preset: string | null;
  /** Empty for the sandbox. */
  readonly baseUrl: string;
  readonly origin: 'file' | 'environment' | 'studio' | 'waybill';
}

/** What a provider said about one of its keys. */
export interface CheckedKey {
  /** Masked; empty for a provider that asks for no key. */
  readonly key: string;
  readonly state: 'ok' | 'refused' | 'unreachable';
  readonly status: number | null;
  /** The provider's own words; empty when it is fine. */
  readonly message: string;
  readonly latencyMs: number;
}

/** An upstream and how to speak to it. */
export interface Provider {
  readonly id: string;
  readonly facts: ProviderFacts;
  /** Simulated: everything it answers is marked as sandbox. */
  readonly sandbox: boolean;
  /** Wire formats that go through unchanged, over all its models. */
  readonly dialects: readonly Dialect[];
  /** Those of one model, where models differ; all of them when absent. */
  dialectsOf?(model: string): readonly Dialect[];
  /** The field of a chat completion that caps its length: OpenAI's newer one, or the older one that most others know. */
  readonly lengthField: 'max_completion_tokens' | 'max_tokens';
  /** What a model takes of Chat Completions, where the provider knows better than the model's name tells. */
  openAiTraits?(model: string): Partial<OpenAiTraits>;
  /** Throws {@link UpstreamFailure} when there is no answer. */
  call(call: UpstreamCall): Promise<UpstreamAnswer>;
  /** For clients whose dialect it does not speak and that is translated into none of its own. Throws likewise. */
  callNeutral?(call: NeutralCall): Promise<NeutralAnswer>;
  /** Counts the input tokens of a body that asks for a count in a dialect it speaks, where the provider does that. Throws likewise. */
  countTokens?(call: Omit<UpstreamCall, 'stream'>): Promise<UpstreamAnswer>;
  /** How its keys stand; empty where none is needed. */
  keys(): readonly KeyState[];
  /** Asks with every key whether it would serve, by a call that costs nothing. Never throws. */
  check(signal: StopSignal): Promise<readonly CheckedKey[]>;
  close(): Promise<void>;
}

/** The wire formats that reach this model unchanged. */
export function dialectsFor(provider: Provider, model: string): readonly Dialect[] {
  return provider.dialectsOf?.(model) ?? provider.dialects;
}

/** The configured providers by id. */
export interface ProviderDirectory {
  /** Who serves `provider/model`, and the model's name there; `undefined` when nobody does. */
  providerFor(target: string): { readonly provider: Provider; readonly model: string } | undefined;
  /** Whether the sandbox stands in for providers without a key. */
  readonly sandboxStandsIn: boolean;
  list(): readonly Provider[];
  close(): Promise<void>;
}
