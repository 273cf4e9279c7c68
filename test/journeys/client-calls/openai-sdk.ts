import OpenAI from 'openai';
import type { RunnableToolFunctionWithParse } from 'openai/lib/RunnableFunction';
import {
  type ClientCalls,
  type Endpoint,
  jsonQuestion,
  placeSchema,
  question,
  toolQuestion,
  weather,
} from './client-calls.ts';

const client = ({ url, key }: Endpoint) => new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
const tool = {
  name: weather.name,
  description: weather.description,
  parameters: { ...weather.parameters, required: ['city'] },
};

const weatherTool: RunnableToolFunctionWithParse<{ city: string }> = {
  type: 'function',
  function: { ...tool, parse: (text) => JSON.parse(text), function: weather.run },
};

export const openaiChat: ClientCalls = {
  name: 'openai (chat completions)',
  async text(at) {
    const answer = await client(at).chat.completions.create({
      model: at.model,
      messages: [{ role: 'user', content: question }],
    });
    return answer.choices[0]?.message.content ?? '';
  },
  async stream(at) {
    const stream = await client(at).chat.completions.create({
      model: at.model,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: question }],
    });
    let [text, pieces, total] = ['', 0, 0];
    for await (const chunk of stream) {
      const piece = chunk.choices[0]?.delta.content ?? '';
      text += piece;
      pieces += piece === '' ? 0 : 1;
      total = chunk.usage?.total_tokens ?? total;
    }
    if (total === 0) throw new Error('The stream came without usage.');
    return { text, pieces };
  },
  async tools(at) {
    const runner = client(at).chat.completions.runTools({
      model: at.model,
      stream: true,
      messages: [{ role: 'user', content: toolQuestion }],
      tools: [weatherTool],
    });
    return (await runner.finalContent()) ?? '';
  },
  async json(at) {
    const answer = await client(at).chat.completions.parse({
      model: at.model,
      messages: [{ role: 'user', content: jsonQuestion }],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'place', strict: true, schema: { ...placeSchema } },
      },
    });
    return JSON.parse(answer.choices[0]?.message.content ?? '');
  },
};

export const openaiResponses: ClientCalls = {
  name: 'openai (responses)',
  async text(at) {
    return (await client(at).responses.create({ model: at.model, input: question })).output_text;
  },
  async stream(at) {
    const stream = client(at).responses.stream({ model: at.model, input: question });
    let pieces = 0;
    for await (const event of stream) if (event.type === 'response.output_text.delta') pieces += 1;
    const last = await stream.finalResponse();
    if ((last.usage?.total_tokens ?? 0) === 0) throw new Error('The stream came without usage.');
    return { text: last.output_text, pieces };
  },
  async tools(at) {
    const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: toolQuestion }];
    const tools = [{ type: 'function' as const, strict: true, ...tool }];
    const first = await client(at).responses.stream({ model: at.model, input, tools }).finalResponse();
    input.push(...(first.output as OpenAI.Responses.ResponseInput));
    for (const item of first.output) {
      if (item.type !== 'function_call') continue;
      input.push({
        type: 'function_call_output',
        call_id: item.call_id,
        output: weather.run(JSON.parse(item.arguments)),
      });
    }
    return (await client(at).responses.create({ model: at.model, input, tools })).output_text;
  },
  async json(at) {
    const answer = await client(at).responses.create({
      model: at.model,
      input: jsonQuestion,
      text: { format: { type: 'json_schema', name: 'place', strict: true, schema: { ...placeSchema } } },
    });
    return JSON.parse(answer.output_text);
  },
};
