import { describe, expect, it } from 'vitest';
import { sendJson } from '../support/servers.ts';
import { aCompletion, postChat } from '../support/wire.ts';
import { aProvider, sendWire } from './support.ts';

const model = 'up/mistral-large-latest';
const call = {
  id: 'call_abcdef0123456789',
  type: 'function',
  function: { name: 'weather', arguments: '{}' },
};

describe('Mistral', () => {
  it('is sent only fields it knows, by its own names, and ids as long as it wants them', async () => {
    const { url, sent, context } = await aProvider({ kind: 'mistral' }, (res) =>
      sendJson(res, 200, aCompletion()),
    );
    await postChat(url, {
      model,
      seed: 7,
      max_completion_tokens: 50,
      logit_bias: { '1': 1 },
      store: false,
      messages: [
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: call.id, content: '3 °C' },
      ],
    });
    const body = sent();
    expect(Object.keys(body)).toEqual(['model', 'messages', 'random_seed', 'max_tokens']);
    const id = body.messages[1].tool_calls[0].id;
    expect(id).toMatch(/^[A-Za-z0-9]{9}$/);
    expect(body.messages[2].tool_call_id).toBe(id);
    expect(await context.log.next()).toMatchObject({ 'outcome.dropped': ['logit_bias'] });
  });

  it('gives its thinking to an Anthropic client, and usage without being asked', async () => {
    const { anthropic, sent, context } = await aProvider({ kind: 'mistral' }, (res) =>
      sendWire(res, 'mistral/thinking-text.sse'),
    );
    const messages = [{ role: 'user' as const, content: 'Hello' }];
    const message = await anthropic.messages
      .stream({ model: 'up/magistral-medium-latest', max_tokens: 50, messages })
      .finalMessage();
    expect(message.content).toMatchObject([
      { type: 'thinking', thinking: 'A greeting.' },
      { type: 'text', text: 'Bonjour.' },
    ]);
    expect(message.usage).toMatchObject({ input_tokens: 10, output_tokens: 9 });
    expect(sent().stream_options).toBeUndefined();
    expect((await context.log.next())['outcome.dropped']).not.toContain('stream_options');
  });

  it('has its validation errors passed on with their status', async () => {
    const { url } = await aProvider({ kind: 'mistral' }, (res) =>
      sendWire(res, 'mistral/error-422.json', { status: 422 }),
    );
    const response = await postChat(url, { model });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain('body.logit_bias: Extra inputs are not permitted');
  });
});
