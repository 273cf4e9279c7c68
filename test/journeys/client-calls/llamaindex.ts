import { Anthropic, AnthropicSession } from '@llamaindex/anthropic';
import { OpenAI } from '@llamaindex/openai';
import { type ChatMessage, type ToolCallLLM, tool } from 'llamaindex';
import { z } from 'zod';
import {
  type ClientCalls,
  type Endpoint,
  jsonQuestion,
  question,
  toolQuestion,
  weather,
} from './client-calls.ts';

const weatherTool = tool({
  name: weather.name,
  description: weather.description,
  parameters: z.object({ city: z.string() }),
  execute: weather.run,
});
const Place = z.object({ city: z.string(), celsius: z.number() });
const asking = (content: string): ChatMessage[] => [{ role: 'user', content }];

function callsOf(name: string, make: (at: Endpoint) => ToolCallLLM): ClientCalls {
  return {
    name,
    text: async (at) => textOf((await make(at).chat({ messages: asking(question) })).message.content),
    async stream(at) {
      let [text, pieces] = ['', 0];
      for await (const { delta } of await make(at).chat({ messages: asking(question), stream: true })) {
        text += delta;
        pieces += delta === '' ? 0 : 1;
      }
      return { text, pieces };
    },
    async tools(at) {
      const llm = make(at);
      const messages = asking(toolQuestion);
      const { newMessages } = await llm.exec({ messages, tools: [weatherTool] });
      messages.push(...newMessages);
      const last = await llm.exec({ messages, tools: [weatherTool] });
      return textOf(last.newMessages.at(-1)?.content ?? '');
    },
  };
}

function textOf(content: ChatMessage['content']): string {
  return typeof content === 'string'
    ? content
    : content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

const openai = ({ url, key, model }: Endpoint) =>
  new OpenAI({ model, apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });

export const llamaindexOpenai: ClientCalls = {
  ...callsOf('LlamaIndex OpenAI', openai),
  async json(at) {
    const { message } = await openai(at).chat({ messages: asking(jsonQuestion), responseFormat: Place });
    return JSON.parse(textOf(message.content));
  },
};
export const llamaindexAnthropic = callsOf(
  'LlamaIndex Anthropic',
  ({ url, key, model }) =>
    new Anthropic({ model, session: new AnthropicSession({ apiKey: key, baseURL: url, maxRetries: 0 }) }),
);
