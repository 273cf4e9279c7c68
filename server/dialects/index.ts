/** Dialects: the wire formats clients speak, each a reader and a writer for one neutral form. */
import type { Dialect } from '#engine/signals/index.ts';
import { anthropicMessages } from './anthropic-messages/index.ts';
import type { WireDialect } from './dialect.ts';
import { openaiChat } from './openai-chat/index.ts';
import { openaiResponses } from './openai-responses/index.ts';

export type {
  AnswerReading,
  ClientHints,
  FrameMeaning,
  RequestReading,
  StreamReader,
  WireDialect,
  WireProblem,
} from './dialect.ts';
export { FrameCutter } from './event-frames.ts';
export { isWireObject, parseJson, textOf, type WireObject } from './wire-value.ts';

/** Every dialect by its name. */
export const dialects: Readonly<Record<Dialect, WireDialect>> = Object.freeze({
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  // Not routed yet: their own readers follow.
  'google-generate': { ...openaiChat, name: 'google-generate' },
  'openai-embeddings': { ...openaiChat, name: 'openai-embeddings' },
  'openai-completions': { ...openaiChat, name: 'openai-completions' },
});
