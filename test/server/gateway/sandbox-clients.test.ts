import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway } from '../support/servers.ts';

const cheap = { entry: 'm', nodes: { m: { kind: 'model', target: 'openai/gpt-5-mini' } } };

async function anInstallation(policies = { auto: cheap }) {
  const context = aContext({ policies });
  const url = await aGateway(context);
  return {
    context,
    openai: new OpenAI({ baseURL: `${url}/v1`, apiKey: testSecret, maxRetries: 0 }),
    anthropic: new Anthropic({ baseURL: url, apiKey: testSecret, maxRetries: 0 }),
  };
}

describe('official clients against the sandbox', () => {
  it('gives the OpenAI client a plain answer that says it is simulated', async () => {
    const { openai, context } = await anInstallation();
    const { data, response } = await openai.chat.completions
      .create({ model: 'auto', messages: [{ role: 'user', content: 'Hello' }] })
      .withResponse();
    expect(data.choices[0]?.message.content).toContain("simulated answer from Waybill's sandbox");
    expect(data.usage?.total_tokens).toBeGreaterThan(0);
    expect(response.headers.get('x-waybill-sandbox')).toBe('true');
    expect(response.headers.get('x-waybill-policy')).toBe('auto');
    expect(response.headers.get('x-waybill-version')).toBe('1');
    expect(response.headers.get('x-waybill-path')).toBe('m');
    expect(response.headers.get('x-waybill-target')).toBe('openai/gpt-5-mini');
    expect(response.headers.get('x-waybill-attempts')).toBe('1');
    const record = await context.log.next();
    expect(record).toMatchObject({ id: response.headers.get('x-waybill-request-id'), sandbox: true });
    expect(String(record['cost.nano_usd'])).toBe(response.headers.get('x-waybill-cost'));
  });

  it('streams to the OpenAI client, and keeps to itself the usage it was not asked for', async () => {
    const { openai, context } = await anInstallation();
    const stream = await openai.chat.completions.create({
      model: 'auto',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
    });
    let text = '';
    let usages = 0;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      if (chunk.usage) usages += 1;
    }
    expect(text).toContain("simulated answer from Waybill's sandbox");
    expect(usages).toBe(0);
    const record = await context.log.next();
    expect(record['usage.source']).toBe('provider');
    expect(record['usage.output_tokens']).toBeGreaterThan(0);
    expect(record['cost.nano_usd']).toBeGreaterThan(0);
  });

  it('passes the usage of a stream on to a client that asked for it', async () => {
    const { openai } = await anInstallation();
    const stream = await openai.chat.completions.create({
      model: 'auto',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    const usages = [];
    for await (const chunk of stream) if (chunk.usage) usages.push(chunk.usage.total_tokens);
    expect(usages).toHaveLength(1);
  });

  it('gives the Anthropic client a plain answer', async () => {
    const { anthropic, context } = await anInstallation();
    const message = await anthropic.messages.create({
      model: 'anthropic/claude-opus-5',
      max_tokens: 1_000,
      messages: [{ role: 'user', content: 'Hello' }],
    });
    expect(message.content[0]).toMatchObject({ type: 'text' });
    expect(message.usage.input_tokens).toBeGreaterThan(0);
    const record = await context.log.next();
    expect(record).toMatchObject({
      'request.dialect': 'anthropic-messages',
      'outcome.status': 'served',
      'outcome.target': 'anthropic/claude-opus-5',
      'decision.policy': '',
    });
  });

  it('streams to the Anthropic client', async () => {
    const { anthropic, context } = await anInstallation();
    const final = await anthropic.messages
      .stream({ model: 'auto', max_tokens: 1_000, messages: [{ role: 'user', content: 'Hello' }] })
      .finalMessage();
    expect(final.content[0]).toMatchObject({ type: 'text' });
    expect(final.stop_reason).toBe('end_turn');
    const record = await context.log.next();
    expect(record['usage.output_tokens']! + record['usage.reasoning_tokens']!).toBe(
      final.usage.output_tokens,
    );
  });

  it('lists aliases and models to both clients', async () => {
    const { openai, anthropic } = await anInstallation();
    const ids = (await openai.models.list()).data.map(({ id }) => id);
    expect(ids[0]).toBe('auto');
    expect(ids).toContain('openai/gpt-5-mini');
    expect((await anthropic.models.list({ limit: 5 })).data[0]).toMatchObject({ id: 'auto', type: 'model' });
    expect((await openai.models.retrieve('openai/gpt-5-mini')).owned_by).toBe('openai');
  });
});
