import { readFileSync } from 'node:fs';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, sendEvents, sendJson } from '../support/servers.ts';
import { aDirectoryOf } from '../support/speaking-provider.ts';
import {
  aChatStream,
  aCompletion,
  blockStart,
  messageEvent,
  messageStart,
  textDelta,
} from '../support/wire.ts';

const fixture = readFileSync(new URL('../dialects/fixtures/completion-text.sse', import.meta.url), 'utf8');
/** A model that completes texts, and that the catalogue does not know. */
const instruct = 'openai/gpt-3.5-turbo-instruct';
const aText = {
  id: 'cmpl-1',
  object: 'text_completion',
  created: 1,
  model: 'm',
  choices: [{ text: ' time', index: 0, logprobs: null, finish_reason: 'stop' }],
  usage: { prompt_tokens: 4, completion_tokens: 1, total_tokens: 5 },
};

async function anInstallation(
  id: string,
  dialects: Parameters<typeof aDirectoryOf>[2],
  answer: Parameters<typeof anUpstream>[0],
) {
  const upstream = await anUpstream(answer);
  const policies = { instruct: { entry: 'm', nodes: { m: { kind: 'model', target: instruct } } } };
  const context = aContext({ policies, providers: aDirectoryOf(id, upstream.url, dialects) });
  const url = await aGateway(context);
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 });
  return { upstream, context, url, client, body: () => JSON.parse(upstream.seen.at(-1)?.body ?? '') };
}

describe('a legacy completion at a provider that takes them', () => {
  it('passes through, prompt lists and all', async () => {
    const { client, upstream, body, context } = await anInstallation(
      'openai',
      ['openai-chat', 'openai-completions'],
      (res) => sendJson(res, 200, aText),
    );
    const asked = { prompt: ['Once upon a', 'x'], suffix: '.', logprobs: 2, echo: true, best_of: 2 };
    const answer = await client.completions.create({ model: 'instruct', ...asked });
    expect(answer).toMatchObject(aText);
    expect(upstream.seen[0]?.url).toBe('/v1/completions');
    expect(body()).toEqual({ model: 'gpt-3.5-turbo-instruct', ...asked });
    expect(await context.log.next()).toMatchObject({
      'request.dialect': 'openai-completions',
      'usage.input_tokens': 4,
      'usage.output_tokens': 1,
      'outcome.dropped': [],
    });
  });

  it('streams its bytes, without the usage the client did not ask for', async () => {
    const { client, context } = await anInstallation('openai', ['openai-completions'], (res) => {
      sendEvents(res, fixture);
      res.end();
    });
    const stream = await client.completions.create({ model: 'instruct', prompt: 'x', stream: true });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map(({ choices }) => choices[0]?.text)).toEqual(['Once', ' upon', '']);
    expect(await context.log.next()).toMatchObject({ 'usage.output_tokens': 2, 'usage.source': 'provider' });
  });
});

describe('a legacy completion on a model that chats', () => {
  it('becomes one message of the user and comes back as text, what it asked beyond that named', async () => {
    const { client, upstream, body } = await anInstallation(
      'openai',
      ['openai-chat', 'openai-completions'],
      (res) => sendJson(res, 200, aCompletion(' time')),
    );
    const { data, response } = await client.completions
      .create({
        model: 'openai/gpt-5-mini',
        prompt: 'Once upon a',
        max_tokens: 60,
        suffix: 'end',
        logprobs: 1,
        echo: true,
        best_of: 2,
        n: 2,
      })
      .withResponse();
    expect(upstream.seen[0]?.url).toBe('/v1/chat/completions');
    expect(body()).toEqual({
      model: 'gpt-5-mini',
      messages: [{ role: 'user', content: 'Once upon a' }],
      max_completion_tokens: 60,
    });
    expect(data).toMatchObject({
      object: 'text_completion',
      choices: [{ text: ' time', index: 0, logprobs: null, finish_reason: 'stop' }],
      usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
    });
    expect(response.headers.get('x-waybill-dropped')?.split(', ').toSorted()).toEqual([
      'best_of',
      'echo',
      'logprobs',
      'n',
      'suffix',
    ]);
  });

  it('streams onto OpenAI’s chats', async () => {
    const { client } = await anInstallation('openai', ['openai-chat'], (res) => {
      sendEvents(res, aChatStream('Once', ' upon'));
      res.end();
    });
    const stream = await client.completions.create({
      model: 'openai/gpt-5-mini',
      prompt: ['x'],
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map(({ choices }) => choices[0]?.text).join('')).toBe('Once upon');
    expect(chunks.at(-1)?.usage?.total_tokens).toBe(120);
  });

  it('streams onto Anthropic’s messages', async () => {
    const { client } = await anInstallation('anthropic', ['anthropic-messages'], (res) => {
      sendEvents(res, `${messageStart}${blockStart}${textDelta('Once')}`);
      const delta = { stop_reason: 'max_tokens', stop_sequence: null };
      res.end(
        messageEvent('content_block_stop', { index: 0 }) +
          messageEvent('message_delta', { delta, usage: { output_tokens: 1 } }) +
          messageEvent('message_stop'),
      );
    });
    const model = 'anthropic/claude-opus-5';
    const stream = await client.completions.create({ model, prompt: 'x', stream: true });
    const ends: unknown[] = [];
    let text = '';
    for await (const { choices } of stream) {
      text += choices[0]?.text ?? '';
      if (choices[0]?.finish_reason) ends.push(choices[0].finish_reason);
    }
    expect([text, ends]).toEqual(['Once', ['length']]);
  });

  it.each([
    [['a', 'b'], 'holds 2 prompts'],
    [[1, 2], 'should be a text'],
  ])('is refused for a prompt of %j', async (prompt, words) => {
    const { client, upstream } = await anInstallation('openai', ['openai-chat'], () => {});
    const failure: unknown = await client.completions
      .create({ model: 'openai/gpt-5-mini', prompt })
      .catch((e) => e);
    expect(failure).toMatchObject({ status: 400, message: expect.stringContaining(words) });
    expect(upstream.seen).toEqual([]);
  });
});
