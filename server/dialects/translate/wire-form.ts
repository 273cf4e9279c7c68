import type { Dialect } from '#engine/signals/index.ts';
import type { WireObject } from '../wire-value.ts';
import { readAnthropicAnswer, writeAnthropicAnswer } from './anthropic-messages/answer.ts';
import { AnthropicEventReader } from './anthropic-messages/event-reader.ts';
import { AnthropicEventWriter } from './anthropic-messages/event-writer.ts';
import { readAnthropicProblem, writeAnthropicProblem } from './anthropic-messages/problem.ts';
import { readAnthropic } from './anthropic-messages/read-request.ts';
import { writeAnthropic } from './anthropic-messages/write-request.ts';
import { UnreadableBody } from './fields.ts';
import { writeGoogleAnswer } from './google-generate/answer.ts';
import { GoogleEventWriter } from './google-generate/event-writer.ts';
import { writeGoogleProblem } from './google-generate/problem.ts';
import { readGoogleGenerate } from './google-generate/read-request.ts';
import type { Neutral } from './neutral.ts';
import type { Answer, EventReader, EventSink, EventWriter, Problem } from './neutral-answer.ts';
import { readOpenAiAnswer, writeOpenAiAnswer } from './openai-chat/answer.ts';
import { OpenAiEventReader } from './openai-chat/event-reader.ts';
import { OpenAiEventWriter } from './openai-chat/event-writer.ts';
import { readOpenAiProblem, writeOpenAiProblem } from './openai-chat/problem.ts';
import { readOpenAiChat } from './openai-chat/read-request.ts';
import type { ToolNames } from './openai-chat/tool-names.ts';
import { writeOpenAiChat } from './openai-chat/write-request.ts';
import { writeCompletion } from './openai-completions/answer.ts';
import { CompletionEventWriter } from './openai-completions/event-writer.ts';
import { readCompletion } from './openai-completions/read-request.ts';
import { writeResponse } from './openai-responses/answer.ts';
import { ResponseEventWriter } from './openai-responses/event-writer.ts';
import { readResponsesRequest } from './openai-responses/read-request.ts';
import type { TranslateOptions } from './translate-call.ts';

/** What an answer has to know of its request. */
export interface CallState {
  readonly options: TranslateOptions;
  /** The client's body. */
  readonly asked: WireObject;
  readonly includeUsage: boolean;
  readonly toolNames?: ToolNames;
}

interface Written {
  readonly body: object;
  readonly dropped: readonly string[];
}

/** A dialect's side towards clients: requests read, answers written, whole and streamed. */
export interface ClientForm {
  readRequest(wire: unknown): Neutral;
  writeAnswer(answer: Answer, state: CallState): Written;
  writeProblem(problem: Problem): string;
  makeEventWriter(state: CallState): EventWriter;
}

/** A dialect's side towards providers: requests written, answers read. */
export interface ProviderForm {
  writeRequest(neutral: Neutral, options: TranslateOptions): Written & { readonly toolNames?: ToolNames };
  readAnswer(wire: unknown, state: CallState): Answer;
  readProblem(wire: unknown, status: number): Problem | undefined;
  makeEventReader(sink: EventSink, state: CallState): EventReader;
}

const openAiChat: ClientForm & ProviderForm = {
  readRequest: readOpenAiChat,
  writeRequest: (neutral, { model, openAi = {} }) => writeOpenAiChat(neutral, { model, traits: openAi }),
  readAnswer: (wire, { toolNames }) => readOpenAiAnswer(wire, toolNames),
  writeAnswer: (answer, { options }) => writeOpenAiAnswer(answer, options),
  readProblem: readOpenAiProblem,
  writeProblem: writeOpenAiProblem,
  makeEventReader: (sink, { toolNames }) => new OpenAiEventReader(sink, toolNames),
  makeEventWriter: ({ options, includeUsage }) => new OpenAiEventWriter({ ...options, includeUsage }),
};

const anthropicMessages: ClientForm & ProviderForm = {
  readRequest: readAnthropic,
  writeRequest: (neutral, { model, maxOutputTokens, anthropic = {} }) =>
    writeAnthropic(neutral, { model, maxOutputTokens, traits: anthropic }),
  readAnswer: readAnthropicAnswer,
  writeAnswer: (answer, { options }) => writeAnthropicAnswer(answer, options),
  readProblem: readAnthropicProblem,
  writeProblem: writeAnthropicProblem,
  makeEventReader: (sink) => new AnthropicEventReader(sink),
  makeEventWriter: ({ options }) => new AnthropicEventWriter(options),
};

const openAiResponses: ClientForm = {
  readRequest: readResponsesRequest,
  writeAnswer: (answer, { options, asked }) => writeResponse(answer, { ...options, asked }),
  writeProblem: writeOpenAiProblem,
  makeEventWriter: ({ options, asked }) => new ResponseEventWriter({ ...options, asked }),
};

const openAiCompletions: ClientForm = {
  readRequest: readCompletion,
  writeAnswer: (answer, { options }) => writeCompletion(answer, options),
  writeProblem: writeOpenAiProblem,
  makeEventWriter: ({ options, includeUsage }) => new CompletionEventWriter({ ...options, includeUsage }),
};

const googleGenerate: ClientForm = {
  readRequest: readGoogleGenerate,
  writeAnswer: writeGoogleAnswer,
  writeProblem: writeGoogleProblem,
  makeEventWriter: (state) => new GoogleEventWriter(state),
};

/** Numbers of one model mean nothing to another, so there is no other way to say an embedding. */
const openAiEmbeddings: ClientForm = {
  ...openAiChat,
  readRequest: () => {
    throw new UnreadableBody('model', 'should name a model that makes embeddings; the one chosen does not.');
  },
};

/** Every dialect the translator hears clients in; a new one is a folder and a line. */
export const clientForms: Readonly<Record<Dialect, ClientForm>> = {
  'openai-chat': openAiChat,
  'openai-responses': openAiResponses,
  'anthropic-messages': anthropicMessages,
  'google-generate': googleGenerate,
  'openai-embeddings': openAiEmbeddings,
  'openai-completions': openAiCompletions,
};

/** Every dialect the translator speaks to providers. Who speaks Responses speaks Chat Completions too. */
const providerForms = {
  'openai-chat': openAiChat,
  'anthropic-messages': anthropicMessages,
} as const satisfies Readonly<Partial<Record<Dialect, ProviderForm>>>;

/** A dialect that requests can be translated into. */
export type SpokenDialect = keyof typeof providerForms;

export function isSpoken(dialect: Dialect): dialect is SpokenDialect {
  return Object.hasOwn(providerForms, dialect);
}

export function providerForm(dialect: SpokenDialect): ProviderForm {
  return providerForms[dialect];
}
