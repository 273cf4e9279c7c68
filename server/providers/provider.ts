import type { ErrorClass } from '#engine/nodes/index.ts';
import type { Dialect } from '#engine/signals/index.ts';

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
}

/** A call that got no answer at all, or an answer that broke off. */
export class UpstreamFailure extends Error {
  readonly error: ErrorClass;
  constructor(error: ErrorClass, message: string, cause?: unknown) {
    super(message, { cause });
    this.error = error;
  }
}

/** An upstream and how to speak to it. */
export interface Provider {
  readonly id: string;
  /** Simulated: everything it answers is marked as sandbox. */
  readonly sandbox: boolean;
  readonly dialects: readonly Dialect[];
  /** The field of a chat completion that caps its length: OpenAI's newer one, or the older one that most others know. */
  readonly lengthField: 'max_completion_tokens' | 'max_tokens';
  /** Throws {@link UpstreamFailure} when there is no answer. */
  call(call: UpstreamCall): Promise<UpstreamAnswer>;
  /** Counts the input tokens of an Anthropic Messages body, where the provider does that. Throws likewise. */
  countTokens?(call: Omit<UpstreamCall, 'dialect' | 'model' | 'stream'>): Promise<UpstreamAnswer>;
  close(): Promise<void>;
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
