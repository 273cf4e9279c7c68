import type { ErrorClass } from '#engine/nodes/index.ts';
import type { Dialect } from '#engine/signals/index.ts';

/** What a target needs of a call: a body already in the provider's dialect. */
export interface UpstreamCall {
  readonly dialect: Dialect;
  /** The model's name at the provider, without the provider's id. */
  readonly model: string;
  readonly body: Buffer;
  readonly stream: boolean;
  /** Headers of the client that may be passed on (`anthropic-beta`, `anthropic-version`, …), lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Path and query the client called below the dialect's own, kept (`?beta=true`). */
  readonly query: string;
  readonly signal: AbortSignal;
  readonly connectTimeoutMs: number;
}

/** An upstream's answer: status and headers first, the body as it comes, back-pressure included. */
export interface UpstreamAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** A call that got no answer at all. */
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
  /** Throws {@link UpstreamFailure} when there is no answer. */
  call(call: UpstreamCall): Promise<UpstreamAnswer>;
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
