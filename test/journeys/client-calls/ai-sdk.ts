import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, type LanguageModel, Output, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import {
  type ClientCalls,
  type Endpoint,
  jsonQuestion,
  question,
  toolQuestion,
  weather,
} from './client-calls.ts';

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

const tools = {
  weather: tool({
    description: weather.description,
    inputSchema: z.object({ city: z.string() }),
    execute: (input) => Promise.resolve(weather.run(input)),
  }),
};
const Place = z.object({ city: z.string(), celsius: z.number() });

function callsOf(name: string, make: (at: Endpoint) => LanguageModel): ClientCalls {
  return {
    name,
    text: async (at) => (await generateText({ model: make(at), prompt: question, maxRetries: 0 })).text,
    async stream(at) {
      let [text, pieces] = ['', 0];
      for await (const piece of streamText({ model: make(at), prompt: question, maxRetries: 0 }).textStream) {
        text += piece;
        pieces += 1;
      }
      return { text, pieces };
    },
    tools: (at) =>
      Promise.resolve(
        streamText({ model: make(at), prompt: toolQuestion, tools, stopWhen: stepCountIs(4), maxRetries: 0 })
          .text,
      ),
    json: async (at) =>
      (
        await generateText({
          model: make(at),
          prompt: jsonQuestion,
          output: Output.object({ schema: Place }),
          maxRetries: 0,
        })
      ).output,
  };
}

const openai = ({ url, key }: Endpoint) => createOpenAI({ baseURL: `${url}/v1`, apiKey: key });

export const aiSdkChat = callsOf('AI SDK, OpenAI chat', (at) => openai(at).chat(at.model));
export const aiSdkResponses = callsOf('AI SDK, OpenAI responses', (at) => openai(at).responses(at.model));
export const aiSdkAnthropic = callsOf('AI SDK, Anthropic', ({ url, key, model }) =>
  createAnthropic({ baseURL: `${url}/v1`, apiKey: key })(model),
);
