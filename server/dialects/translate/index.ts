/** Translate: one call between two dialects, over one small neutral form. */
export { readAnthropicAnswer, writeAnthropicAnswer } from './anthropic-messages/answer.ts';
export { AnthropicEventReader } from './anthropic-messages/event-reader.ts';
export { AnthropicEventWriter } from './anthropic-messages/event-writer.ts';
export { readAnthropicProblem, writeAnthropicProblem } from './anthropic-messages/problem.ts';
export { readAnthropic } from './anthropic-messages/read-request.ts';
export { type AnthropicTraits, anthropicTraits } from './anthropic-messages/traits.ts';
export { readAnthropicUsage, writeAnthropicUsage } from './anthropic-messages/usage.ts';
export { type AnthropicTarget, writeAnthropic } from './anthropic-messages/write-request.ts';
export { plainName } from './dropped.ts';
export { UnreadableBody } from './fields.ts';
export { type FedStream, type HeardClient, hearClient } from './hear-client.ts';
export type { Neutral } from './neutral.ts';
export type { Answer, AnswerEvent, Problem, ProblemKind, Stop } from './neutral-answer.ts';
export { readOpenAiAnswer, writeOpenAiAnswer } from './openai-chat/answer.ts';
export { OpenAiEventReader } from './openai-chat/event-reader.ts';
export { OpenAiEventWriter } from './openai-chat/event-writer.ts';
export { readOpenAiProblem, writeOpenAiProblem } from './openai-chat/problem.ts';
export { readOpenAiChat } from './openai-chat/read-request.ts';
export { type OpenAiTraits, openAiTraits } from './openai-chat/traits.ts';
export { readOpenAiUsage, writeOpenAiUsage } from './openai-chat/usage.ts';
export { type OpenAiTarget, writeOpenAiChat } from './openai-chat/write-request.ts';
export { ResponseEventWriter } from './openai-responses/event-writer.ts';
export { readResponsesRequest } from './openai-responses/read-request.ts';
export { whatCame } from './problem-status.ts';
export {
  type TranslatedAnswer,
  type TranslatedCall,
  type TranslatedRequest,
  type TranslateOptions,
  translateCall,
} from './translate-call.ts';
export { type StreamProgress, TranslatedStream } from './translated-stream.ts';
export { isSpoken, type SpokenDialect } from './wire-form.ts';
