/**
 * The neutral form of a conversation: what OpenAI's Chat Completions and Anthropic's Messages can both say, and what
 * one of them can say that the other's writer has to name as dropped. Everything optional is absent when the client
 * did not say it.
 */

/** A mark that the prompt up to and including this part should be cached. */
export interface CacheMark {
  readonly ttl?: '5m' | '1h';
}

export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
  readonly cache?: CacheMark;
}

/** What a model said when it would not answer. Only OpenAI tells it apart from text. */
export interface RefusalPart {
  readonly kind: 'refusal';
  readonly text: string;
}

/** Bytes as base64 with their media type, or where they can be had. */
export type MediaSource =
  | { readonly kind: 'base64'; readonly mediaType: string; readonly data: string }
  | { readonly kind: 'url'; readonly url: string };

export interface ImagePart {
  readonly kind: 'image';
  readonly source: MediaSource;
  /** OpenAI's `low`, `high`, `auto`. */
  readonly detail?: string;
  readonly cache?: CacheMark;
}

export interface FilePart {
  readonly kind: 'file';
  readonly source: MediaSource | { readonly kind: 'text'; readonly text: string };
  readonly name?: string;
  readonly cache?: CacheMark;
}

export interface ToolCallPart {
  readonly kind: 'tool_call';
  readonly id: string;
  readonly name: string;
  /** As the model wrote it: empty for none, and not necessarily JSON. */
  readonly argumentsJson: string;
  readonly cache?: CacheMark;
}

export interface ToolResultPart {
  readonly kind: 'tool_result';
  readonly callId: string;
  readonly parts: readonly (TextPart | ImagePart | FilePart)[];
  readonly isError: boolean;
  readonly cache?: CacheMark;
}

export interface ThinkingPart {
  readonly kind: 'thinking';
  readonly text: string;
  /** The provider's proof that the text is its own. */
  readonly signature?: string;
}

/** Thinking that only its provider can read. */
export interface RedactedThinkingPart {
  readonly kind: 'redacted_thinking';
  readonly data: string;
}

export type UserPart = TextPart | ImagePart | FilePart | ToolResultPart;
export type AssistantPart = TextPart | RefusalPart | ToolCallPart | ThinkingPart | RedactedThinkingPart;

export type Message =
  /** Instructions in the middle of a conversation. */
  | { readonly role: 'system'; readonly parts: readonly TextPart[]; readonly name?: string }
  | { readonly role: 'user'; readonly parts: readonly UserPart[]; readonly name?: string }
  | { readonly role: 'assistant'; readonly parts: readonly AssistantPart[]; readonly name?: string };

export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments; absent: none. */
  readonly schema?: Readonly<Record<string, unknown>>;
  /** Whether the arguments are held to the schema. */
  readonly strict?: boolean;
  readonly cache?: CacheMark;
}

export type ToolChoice =
  | { readonly kind: 'auto' }
  | { readonly kind: 'none' }
  /** Any tool, but one. */
  | { readonly kind: 'required' }
  | { readonly kind: 'named'; readonly name: string };

export interface Sampling {
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly topK?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly logprobs?: boolean;
  readonly topLogprobs?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  readonly logitBias?: Readonly<Record<string, unknown>>;
  /** Answers asked for. */
  readonly choices?: number;
}

export type OutputFormat =
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | {
      readonly kind: 'json_schema';
      readonly schema: Readonly<Record<string, unknown>>;
      readonly name?: string;
      readonly description?: string;
      readonly strict?: boolean;
    };

/** How hard a model should think, weakest first. */
export const efforts = ['minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

export type Reasoning =
  | { readonly kind: 'off' }
  | { readonly kind: 'effort'; readonly effort: Effort }
  /** At most so many tokens of thinking. */
  | { readonly kind: 'budget'; readonly tokens: number }
  /** As the model sees fit. */
  | { readonly kind: 'adaptive' };

export type ServiceTier = 'auto' | 'standard' | 'flex' | 'priority' | 'scale';

export interface Neutral {
  readonly model: string;
  /** Instructions before the conversation, in order. */
  readonly system: readonly TextPart[];
  readonly messages: readonly Message[];
  readonly tools: readonly Tool[];
  readonly toolChoice?: ToolChoice;
  /** Whether one answer may call several tools. */
  readonly parallelTools?: boolean;
  readonly sampling: Sampling;
  readonly output?: OutputFormat;
  readonly reasoning?: Reasoning;
  /** The end user, as the client names them. */
  readonly user?: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly serviceTier?: ServiceTier;
  /** A cache mark at the end of the prompt, wherever that is. */
  readonly cache?: CacheMark;
  readonly stream: boolean;
  /** Whether a streaming client asked for usage. */
  readonly includeUsage: boolean;
  /** What the client said that has no place here, as paths in its own words: `modalities`, `messages[].audio`. */
  readonly unknown: readonly string[];
}
