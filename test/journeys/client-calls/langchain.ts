import { ChatAnthropic } from '@langchain/anthropic';
import { type AIMessageChunk, HumanMessage, type ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import {
  type ClientCalls,
  type Endpoint,
  jsonQuestion,
  question,
  toolQuestion,
  weather,
} from './client-calls.ts';

export const weatherTool = tool(weather.run, {
  name: weather.name,
  description: weather.description,
  schema: z.object({ city: z.string() }),
});
const Place = z.object({ city: z.string(), celsius: z.number() });

export const chatOpenai = ({ url, key, model }: Endpoint) =>
  new ChatOpenAI({ model, apiKey: key, maxRetries: 0, configuration: { baseURL: `${url}/v1` } });
export const chatAnthropic = ({ url, key, model }: Endpoint) =>
  new ChatAnthropic({ model, apiKey: key, maxRetries: 0, anthropicApiUrl: url, maxTokens: 500 });

function callsOf(name: string, make: (at: Endpoint) => ChatOpenAI | ChatAnthropic): ClientCalls {
  return {
    name,
    text: async (at) => (await make(at).invoke(question)).text,
    async stream(at) {
      let [text, pieces] = ['', 0];
      for await (const chunk of await make(at).stream(question)) {
        text += chunk.text;
        pieces += chunk.text === '' ? 0 : 1;
      }
      return { text, pieces };
    },
    async tools(at) {
      const model = make(at).bindTools([weatherTool]);
      const asked = new HumanMessage(toolQuestion);
      let called: AIMessageChunk | undefined;
      for await (const chunk of await model.stream([asked]))
        called = called === undefined ? chunk : called.concat(chunk);
      if (called === undefined) throw new Error('The stream was empty.');
      const results: ToolMessage[] = [];
      for (const one of called.tool_calls ?? [])
        results.push(await weatherTool.invoke({ ...one, type: 'tool_call' }));
      return (await model.invoke([asked, called, ...results])).text;
    },
    json: async (at) => make(at).withStructuredOutput(Place).invoke(jsonQuestion),
  };
}

export const langchainOpenai = callsOf('LangChain ChatOpenAI', chatOpenai);
export const langchainAnthropic = callsOf('LangChain ChatAnthropic', chatAnthropic);
