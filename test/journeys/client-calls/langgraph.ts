import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { z } from 'zod';
import { type ClientCalls, type Endpoint, jsonQuestion, question, toolQuestion } from './client-calls.ts';
import { chatAnthropic, chatOpenai, weatherTool } from './langchain.ts';

const Place = z.object({ city: z.string(), celsius: z.number() });
const asking = (content: string) => ({ messages: [{ role: 'user', content }] });

function callsOf(name: string, make: typeof chatOpenai | typeof chatAnthropic): ClientCalls {
  const agent = (at: Endpoint, tools: readonly (typeof weatherTool)[]) =>
    createReactAgent({ llm: make(at), tools: [...tools] });
  const ask = async (at: Endpoint, tools: readonly (typeof weatherTool)[], content: string) =>
    (await agent(at, tools).invoke(asking(content))).messages.at(-1)?.text ?? '';
  return {
    name,
    text: (at) => ask(at, [], question),
    async stream(at) {
      let [text, pieces] = ['', 0];
      for await (const [chunk] of await agent(at, []).stream(asking(question), { streamMode: 'messages' })) {
        const piece = chunk.text;
        text += piece;
        pieces += piece === '' ? 0 : 1;
      }
      return { text, pieces };
    },
    tools: (at) => ask(at, [weatherTool], toolQuestion),
    async json(at) {
      const graph = createReactAgent({ llm: make(at), tools: [], responseFormat: Place });
      return (await graph.invoke(asking(jsonQuestion))).structuredResponse;
    },
  };
}

export const langgraphOpenai = callsOf('LangGraph on ChatOpenAI', chatOpenai);
export const langgraphAnthropic = callsOf('LangGraph on ChatAnthropic', chatAnthropic);
