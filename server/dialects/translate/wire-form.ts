import type { Dialect } from '#engine/signals/index.ts';
import { readAnthropicAnswer, writeAnthropicAnswer } from './anthropic-messages/answer.ts';
import { AnthropicEventReader } from './anthropic-messages/event-reader.ts';
import { AnthropicEventWriter } from './anthropic-messages/event-writer.ts';
import { readAnthropicProblem, writeAnthropicProblem } from './anthropic-messages/problem.ts';
import { readAnthropic } from './anthropic-messages/read-request.ts';
import { writeAnthropic } from './anthropic-messages/write-request.ts';
import type { Neutral } from './neutral.ts';
import type { Answer, EventReader, EventSink, EventWriter, Problem } from './neutral-answer.ts';
import { readOpenAiAnswer, writeOpenAiAnswer } from './openai-chat/answer.ts';
import { OpenAiEventReader } from './openai-chat/event-reader.ts';
import { OpenAiEventWriter } from './openai-chat/event-writer.ts';
import { readOpenAiProblem, writeOpenAiProblem } from './openai-chat/problem.ts';
import { readOpenAiChat } from './openai-chat/read-request.ts';
import type { ToolNames } from './openai-chat/tool-names.ts';
import { writeOpenAiChat } from './openai-chat/write-request.ts';
import type { TranslateOptions } from './translate-call.ts';

/** What an answer has to know of its request. */
export interface CallState {
  readonly options: TranslateOptions;
  readonly includeUsage: boolean;
  readonly toolNames?: ToolNames;
}

interface Written {
  readonly body: object;
  readonly dropped: readonly string[];
}

/** A dialect's two sides: requests and answers, read and written, whole and streamed. */
export interface WireForm {
  readRequest(wire: unknown): Neutral;
  writeRequest(neutral: Neutral, options: TranslateOptions): Written & { readonly toolNames?: ToolNames };
  readAnswer(wire: unknown, state: CallState): Answer;
  writeAnswer(answer: Answer, options: TranslateOptions): Written;
  readProblem(wire: unknown, status: number): Problem | undefined;
  writeProblem(problem: Problem): string;
  makeEventReader(sink: EventSink, state: CallState): EventReader;
  makeEventWriter(state: CallState): EventWriter;
}

const openAiChat: WireForm = {
  readRequest: readOpenAiChat,
  writeRequest: (neutral, { model, openAi = {} }) => writeOpenAiChat(neutral, { model, traits: openAi }),
  readAnswer: (wire, { toolNames }) => readOpenAiAnswer(wire, toolNames),
  writeAnswer: writeOpenAiAnswer,
  readProblem: readOpenAiProblem,
  writeProblem: writeOpenAiProblem,
  makeEventReader: (sink, { toolNames }) => new OpenAiEventReader(sink, toolNames),
  makeEventWriter: ({ options, includeUsage }) => new OpenAiEventWriter({ ...options, includeUsage }),
};

const anthropicMessages: WireForm = {
  readRequest: readAnthropic,
  writeRequest: (neutral, { model, maxOutputTokens, anthropic = {} }) =>
    writeAnthropic(neutral, { model, maxOutputTokens, traits: anthropic }),
  readAnswer: readAnthropicAnswer,
  writeAnswer: writeAnthropicAnswer,
  readProblem: readAnthropicProblem,
  writeProblem: writeAnthropicProblem,
  makeEventReader: (sink) => new AnthropicEventReader(sink),
  makeEventWriter: ({ options }) => new AnthropicEventWriter(options),
};

/** Every dialect the translator speaks; a new one is a folder and a line. */
export const wireForms: Readonly<Record<Dialect, WireForm>> = {
  'openai-chat': openAiChat,
  'anthropic-messages': anthropicMessages,
};
