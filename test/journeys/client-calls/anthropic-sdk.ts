import Anthropic from '@anthropic-ai/sdk';
import {
  type ClientCalls,
  type Endpoint,
  jsonQuestion,
  placeSchema,
  question,
  toolQuestion,
  weather,
} from './client-calls.ts';

const client = ({ url, key }: Endpoint) => new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
const tool = {
  name: weather.name,
  description: weather.description,
  input_schema: { ...weather.parameters, required: ['city'] },
};

const textOf = (message: Anthropic.Message) =>
  message.content.map((block) => (block.type === 'text' ? block.text : '')).join('');

export const anthropicMessages: ClientCalls = {
  name: '@anthropic-ai/sdk',
  async text(at) {
    return textOf(
      await client(at).messages.create({
        model: at.model,
        max_tokens: 500,
        messages: [{ role: 'user', content: question }],
      }),
    );
  },
  async stream(at) {
    let pieces = 0;
    const stream = client(at).messages.stream({
      model: at.model,
      max_tokens: 500,
      messages: [{ role: 'user', content: question }],
    });
    stream.on('text', () => {
      pieces += 1;
    });
    const message = await stream.finalMessage();
    if (message.usage.input_tokens === 0 || message.usage.output_tokens === 0)
      throw new Error('The stream came without usage.');
    return { text: textOf(message), pieces };
  },
  async tools(at) {
    const messages: Anthropic.MessageParam[] = [{ role: 'user', content: toolQuestion }];
    const ask = { model: at.model, max_tokens: 500, tools: [tool] };
    const first = await client(at)
      .messages.stream({ ...ask, messages })
      .finalMessage();
    const results = first.content.flatMap((block) =>
      block.type === 'tool_use'
        ? [
            {
              type: 'tool_result' as const,
              tool_use_id: block.id,
              content: weather.run(block.input as { city: string }),
            },
          ]
        : [],
    );
    messages.push({ role: 'assistant', content: first.content }, { role: 'user', content: results });
    return textOf(await client(at).messages.create({ ...ask, messages }));
  },
  async json(at) {
    const message = await client(at).messages.create({
      model: at.model,
      max_tokens: 500,
      messages: [{ role: 'user', content: jsonQuestion }],
      output_config: { format: { type: 'json_schema', schema: { ...placeSchema } } },
    });
    return JSON.parse(textOf(message));
  },
};
