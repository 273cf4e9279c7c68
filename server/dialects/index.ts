/** Dialects: the wire formats clients speak, each a reader and a writer for one neutral form. */
import type { Dialect } from '#engine/signals/index.ts';
import { anthropicMessages } from './anthropic-messages/index.ts';
import type { WireDialect } from './dialect.ts';
import { googleGenerate } from './google-generate/index.ts';
import { openaiChat } from './openai-chat/index.ts';
import { openaiCompletions } from './openai-completions/index.ts';
import { openaiEmbeddings } from './openai-embeddings/index.ts';
import { openaiResponses } from './openai-responses/index.ts';

export type {
  AnswerReading,
  ClientHints,
  FrameMeaning,
  RequestReading,
  StreamFraming,
  StreamReader,
  UrlHints,
  WireDialect,
  WireProblem,
} from './dialect.ts';
export { FrameCutter } from './event-frames.ts';
export { bareModel, googleGenerateArray } from './google-generate/index.ts';
export { isWireObject, parseJson, textOf, type WireObject } from './wire-value.ts';

/** Every dialect by its name. */
export const dialects: Readonly<Record<Dialect, WireDialect>> = Object.freeze({
  'openai-chat': openaiChat,
  'openai-responses': openaiResponses,
  'anthropic-messages': anthropicMessages,
  'google-generate': googleGenerate,
  'openai-embeddings': openaiEmbeddings,
  'openai-completions': openaiCompletions,
});
