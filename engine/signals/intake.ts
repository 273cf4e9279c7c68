import type { TaskResult } from '../classify/index.ts';
import type { PrivateKinds } from '../privacy/index.ts';
import type { Boundaries } from './boundaries.ts';
import type { CodeBlocks } from './code-blocks.ts';
import type { LiveState } from './live-state.ts';

/** A client's wire format. */
export type Dialect =
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'google-generate'
  | 'openai-embeddings'
  | 'openai-completions';

/** How a tool that the model called came back. */
export type ToolResult = 'ok' | 'failed';

/** One message in the neutral form: only what signals are measured from. {@link neutralMessage} makes one. */
export interface NeutralMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  /** All text of the message, joined by line feeds. */
  readonly text: string;
  readonly images: number;
  /** Parts of sound. */
  readonly audio: number;
  /** Files and documents: PDF and the like, by value, address or id. */
  readonly files: number;
  /** Tools the model calls in this message. */
  readonly toolCalls: number;
  /** Results of tools in this message, in order. */
  readonly toolResults: readonly ToolResult[];
}

const noToolResults: readonly ToolResult[] = Object.freeze([]);

/** A message of which only the role and what differs from a plain one has to be said. */
export function neutralMessage({
  role,
  text = '',
  images = 0,
  audio = 0,
  files = 0,
  toolCalls = 0,
  toolResults = noToolResults,
}: Pick<NeutralMessage, 'role'> & Partial<NeutralMessage>): NeutralMessage {
  return { role, text, images, audio, files, toolCalls, toolResults };
}

/** A request as every dialect's reader hands it on. The raw bytes travel beside it, untouched. */
export interface NeutralRequest {
  readonly dialect: Dialect;
  readonly model: string;
  readonly stream: boolean;
  readonly messages: readonly NeutralMessage[];
  /** Names of the tools offered, in order. */
  readonly tools: readonly string[];
  /** Characters of the tools' definitions as JSON. */
  readonly toolCharacters: number;
  /** `null` where the client sets no limit. */
  readonly maxOutputTokens: number | null;
  /** JSON of any kind is asked for. */
  readonly jsonOutput: boolean;
  /** JSON of a stated schema is asked for. */
  readonly jsonSchema: boolean;
  /** `none`, `low`, `medium`, `high`, or what the client sent; empty when unset. */
  readonly reasoningEffort: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** The end user as the client names them; empty when unset. */
  readonly user: string;
  /** The session as the client names it; empty when unset. */
  readonly session: string;
  /** The client marks the request as one of a sub-agent that another agent of its started. */
  readonly subAgent: boolean;
  /** Size of the body as received. */
  readonly bytes: number;
  /** Tokens of the prompt that came as numbers and stand in no message's text. */
  readonly countedTokens?: number;
}

/** A request of which only dialect, model, messages and what is out of the ordinary have to be said. */
export function neutralRequest(
  request: Pick<NeutralRequest, 'dialect' | 'model' | 'messages'> & Partial<NeutralRequest>,
): NeutralRequest {
  return { ...plainRequest, ...request };
}

const plainRequest = Object.freeze({
  stream: false,
  tools: Object.freeze([]),
  toolCharacters: 0,
  maxOutputTokens: null,
  jsonOutput: false,
  jsonSchema: false,
  reasoningEffort: '',
  metadata: Object.freeze({}),
  user: '',
  session: '',
  subAgent: false,
  bytes: 0,
});

/** Who asks, from the key that came with the request. */
export interface Caller {
  readonly key: string;
  readonly team: string;
  readonly project: string;
  readonly tags: readonly string[];
  /** Only targets that keep nothing of a request may be reached. */
  readonly zeroRetention?: boolean;
  /** The only regions that may be reached; absent: any. */
  readonly regions?: readonly string[];
}

/** Everything signals are measured from. Time, chance and hashing come in as values: the engine has none. */
export interface Intake {
  readonly request: NeutralRequest;
  readonly caller: Caller;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number;
  /** Uniform in [0, 1), drawn once a request. */
  readonly draw: number;
  /** Salted hash of a text, as the installation computes it; never reversible to the text. */
  readonly fingerprint: (text: string) => string;
  /** A checksum of a text below 2^53, as fast as the platform makes one; it need not be hard to reverse. */
  readonly checksum: (text: string) => number;
  /** The built-in classifier's answer for this request. */
  readonly task: TaskResult;
  readonly live: LiveState;
}

/** An intake with what several signals are made of, worked out once: counting tokens reads every character. */
export interface MeasuredIntake extends Intake {
  /** Estimated tokens of the whole request. */
  readonly inputTokens: number;
  /** Estimated tokens by message. */
  readonly messageTokens: readonly number[];
  /** Text of the user's latest message; empty when there is none. */
  readonly userText: string;
  readonly code: CodeBlocks;
  readonly agent: AgentState;
  /** Over all messages. */
  readonly private: PrivateKinds;
  readonly boundaries: Boundaries;
  /** What does not change as a conversation grows: its opening and the user's first message, as hashes. */
  readonly opening: string;
}

/** How an agent's run stands. */
export interface AgentState {
  /** Rounds of tool calls since the user last spoke. */
  readonly turn: number;
  /** Results of tools in the whole conversation. */
  readonly results: number;
  readonly failuresInRow: number;
}
