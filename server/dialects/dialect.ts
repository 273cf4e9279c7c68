import type { Usage } from '#engine/catalogue/index.ts';
import type { ErrorClass, Parameters } from '#engine/nodes/index.ts';
import type { Dialect, NeutralRequest } from '#engine/signals/index.ts';
import type { WireObject } from './wire-value.ts';

/** What a client's request says beside its body. */
export interface ClientHints {
  /** Size of the body. */
  readonly bytes: number;
  /** `x-waybill-session`; empty when unset. */
  readonly session: string;
  /** `x-waybill-user`; empty when unset. */
  readonly user: string;
  /** The client's headers say that a sub-agent asks. */
  readonly subAgent?: boolean;
  /** What the URL says, in dialects that have the model and the stream there and not in the body. */
  readonly url?: UrlHints;
}

export interface UrlHints {
  readonly model: string;
  readonly stream: boolean;
}

export type RequestReading =
  | { readonly kind: 'ok'; readonly request: NeutralRequest }
  /** `param` is the place in the body, as the client wrote it: `messages.0.role`. */
  | { readonly kind: 'bad'; readonly message: string; readonly param: string };

/** What differs between the body a client sent and the one an attempt sends. */
export interface BodyChanges {
  readonly model: string;
  readonly parameters: Parameters;
  /** The field that caps an answer's length where the client named none; OpenAI's dialect has two. */
  readonly lengthField: 'max_completion_tokens' | 'max_tokens';
  /** Whether the body is translated afterwards, for a provider of another dialect. */
  readonly translated?: boolean;
}

export type AnswerReading =
  | { readonly kind: 'ok'; readonly usage: Usage | null; readonly outputCharacters: number }
  | { readonly kind: 'error'; readonly error: ErrorClass };

/** What one frame of a stream is, as far as committing to an answer goes. */
export type FrameMeaning =
  /** Nothing a client could not do without yet: the role, `message_start`, a ping, a comment. */
  | { readonly kind: 'lifecycle' }
  | { readonly kind: 'content' }
  /** Asked for by the gateway; the client does not expect it. */
  | { readonly kind: 'hidden' }
  | { readonly kind: 'end' }
  /** `message` is the upstream's own; empty where it has none. `unfinished`: the dialect's last event has to follow. */
  | {
      readonly kind: 'error';
      readonly error: ErrorClass;
      readonly message: string;
      readonly unfinished?: boolean;
    };

/** Reads the frames of one stream in order and remembers what they add up to. */
export interface StreamReader {
  read(frame: Buffer): FrameMeaning;
  /** Whether the stream has said that it is complete. */
  readonly finished: boolean;
  /** `null` as long as the provider has not said. */
  readonly usage: Usage | null;
  /** Characters of text, reasoning and tool arguments so far. */
  readonly outputCharacters: number;
}

/** Puts a stream of server-sent events into another form, for clients that asked for one. */
export interface StreamFraming {
  readonly contentType: string;
  /** What whole events become. */
  push(events: Uint8Array): Buffer;
  /** What closes the stream, however it ended. */
  end(): Buffer;
}

/** Something that went wrong, before a dialect puts it into its own words. */
export interface WireProblem {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly requestId: string;
}

/** A client's wire format: wire ⇄ neutral. */
export interface WireDialect {
  readonly name: Dialect;
  readRequest(wire: WireObject, hints: ClientHints): RequestReading;
  /** The body with nothing changed but what has to be; unknown fields, order and numbers stay as they were written. */
  changeRequest(raw: Buffer, wire: WireObject, changes: BodyChanges): Buffer;
  readAnswer(wire: WireObject): AnswerReading;
  /** For the answer to this request. */
  makeStreamReader(wire: WireObject): StreamReader;
  /** Why an upstream said no. `wire` is its body where that was JSON. */
  classifyError(status: number, wire: unknown): ErrorClass;
  /** What it said about it; empty where that is not in its place. */
  errorMessage(wire: unknown): string;
  errorBody(problem: WireProblem): string;
  /** The event that ends a stream which broke after it had begun, and which `reader` has read so far. */
  errorFrame(problem: WireProblem, reader?: StreamReader): string;
  /** Absent where the client reads server-sent events. */
  makeFraming?(): StreamFraming;
  /** The event that says that a stream is still alive, in the middle of it. Absent where only a comment can. */
  readonly heartbeat?: string;
}
