import type { Usage } from '#engine/catalogue/index.ts';
import type { AssistantPart } from './neutral.ts';

/** Why a model stopped. */
export type Stop =
  | {
      readonly kind:
        | 'end'
        /** The limit on output tokens. */
        | 'length'
        /** The context window is full. */
        | 'context_length'
        | 'tool_use'
        | 'content_filter'
        | 'refusal'
        /** A long turn was cut; the client may send it back to go on. */
        | 'pause';
    }
  | { readonly kind: 'stop_sequence'; readonly sequence: string };

/** A whole answer. */
export interface Answer {
  readonly id: string;
  readonly model: string;
  readonly parts: readonly AssistantPart[];
  readonly stop: Stop;
  /** By disjoint class; `null` when the provider did not say. */
  readonly usage: Usage | null;
  /** The tier that served, in neutral words. */
  readonly serviceTier?: string;
  /** OpenAI's object, as it came. */
  readonly logprobs?: unknown;
  /** What the provider said that has no place here. */
  readonly unknown: readonly string[];
}

/** A provider's or our own refusal to serve, before a dialect puts it into its words. */
export interface Problem {
  /** HTTP status; the provider's own where there was one. */
  readonly status: number;
  readonly kind: ProblemKind;
  readonly message: string;
  /** The provider's own code or type, where it says more than the kind. */
  readonly code?: string;
  /** The field at fault, in the provider's dialect. */
  readonly param?: string;
  readonly requestId?: string;
}

/** What both dialects can tell apart. */
export type ProblemKind =
  | 'invalid_request'
  | 'context_length'
  | 'authentication'
  | 'billing'
  | 'permission'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'rate_limit'
  | 'quota'
  | 'timeout'
  | 'overloaded'
  | 'server_error';

/** How a part of a streamed answer begins. */
export type PartStart =
  | { readonly kind: 'text' }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'thinking' }
  | { readonly kind: 'redacted_thinking'; readonly data: string }
  | { readonly kind: 'tool_call'; readonly id: string; readonly name: string };

/**
 * One step of a streamed answer. Parts have numbers, may be open at the same time, and may grow in turns; a writer
 * whose dialect does not allow that puts them in order. `stop` and `usage` come in any order before `end`; a later
 * `usage` replaces an earlier one. Nothing follows `end` or `error`.
 */
export type AnswerEvent =
  | {
      readonly kind: 'start';
      readonly id: string;
      readonly model: string;
      readonly usage: Usage | null;
      readonly serviceTier?: string;
    }
  | { readonly kind: 'part_start'; readonly part: number; readonly start: PartStart }
  /** More of a part: its text, or more of its arguments' JSON. */
  | { readonly kind: 'delta'; readonly part: number; readonly text: string }
  | { readonly kind: 'signature'; readonly part: number; readonly signature: string }
  | { readonly kind: 'part_end'; readonly part: number }
  /** OpenAI's object for the tokens of the last deltas. */
  | { readonly kind: 'logprobs'; readonly logprobs: unknown }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'stop'; readonly stop: Stop }
  | { readonly kind: 'error'; readonly problem: Problem }
  | { readonly kind: 'end' };

/** Takes what a reader finds, in order. */
export type EventSink = (event: AnswerEvent) => void;

/** Reads the bytes of a streamed answer, cut anywhere. */
export interface EventReader {
  push(chunk: Uint8Array): void;
  /** The upstream has closed: an answer that was not complete becomes an error. */
  end(): void;
  /** What the upstream said that has no place in the neutral form. */
  readonly dropped: readonly string[];
}

/** Writes neutral events as the frames of one dialect. No order of events makes it write an illegal stream. */
export interface EventWriter {
  /** Appends the frames that are due to `out`. */
  write(event: AnswerEvent, out: string[]): void;
  readonly dropped: readonly string[];
}
