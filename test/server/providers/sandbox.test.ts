import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCatalogue } from '#engine/catalogue/index.ts';
import { taskLabels } from '#engine/classify/index.ts';
import { type UpstreamCall, UpstreamFailure } from '#server/providers/provider.ts';
import { behaviourOf, simulateAnswer } from '#server/providers/sandbox/behaviour.ts';
import { makeSandbox, type SandboxOptions } from '#server/providers/sandbox/index.ts';
import { seededRandom } from '#server/providers/sandbox/seeded-random.ts';

const wanted = { stopped: false, onStop: () => {} };

function aCall(body: object, different: Partial<UpstreamCall> = {}): UpstreamCall {
  const full = { model: 'm', messages: [{ role: 'user', content: 'Hello' }], ...body };
  return {
    dialect: 'openai-chat',
    model: 'openai/gpt-5-mini',
    body: Buffer.from(JSON.stringify(full)),
    stream: 'stream' in body,
    headers: {},
    query: '',
    signal: wanted,
    connectTimeoutMs: 1_000,
    ...different,
  };
}

async function ask(call: UpstreamCall, options: SandboxOptions = {}, sandbox = aSandbox(options)) {
  const answer = await sandbox.call(call);
  const chunks: Uint8Array[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return { ...answer, text: Buffer.concat(chunks).toString('utf8') };
}

function aSandbox(options: SandboxOptions = {}) {
  return makeSandbox(defaultCatalogue, { timeScale: 0, errorRates: {}, clock: () => 1_000_000, ...options });
}

describe('the sandbox', () => {
  it('gives the same answer to the same body, and another to another seed', async () => {
    const { text } = await ask(aCall({}));
    expect((await ask(aCall({}))).text).toBe(text);
    expect((await ask(aCall({}), { seed: 2 })).text).not.toBe(text);
    expect((await ask(aCall({ temperature: 1 }))).text).not.toBe(text);
  });

  it('says that it is simulated however short the answer, and keeps to the client’s limit', async () => {
    const { text } = await ask(aCall({ max_tokens: 12 }));
    const { choices, usage } = JSON.parse(text);
    expect(choices[0].message.content).toContain('This is a simulated answer');
    expect(choices[0].finish_reason).toBe('length');
    expect(usage.completion_tokens).toBe(12);
  });

  it('answers with JSON where JSON is asked for', async () => {
    const { text } = await ask(aCall({ response_format: { type: 'json_object' } }));
    expect(JSON.parse(JSON.parse(text).choices[0].message.content)).toMatchObject({ sandbox: true });
  });

  it('streams the words it would have answered in one piece', async () => {
    const stream = (await ask(aCall({ stream: true }))).text;
    const words = [...stream.matchAll(/^data: (\{.*\})$/gm)]
      .map(([, data]) => JSON.parse(data ?? '').choices[0]?.delta.content ?? '')
      .join('');
    expect(words).toContain("simulated answer from Waybill's sandbox, standing in for gpt-5-mini");
    expect(stream.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  it('reads a repeated beginning of a conversation from its cache for five minutes, per model', async () => {
    let now = 0;
    const sandbox = aSandbox({ clock: () => now });
    const messages = [
      { role: 'system', content: 'word '.repeat(2_000) },
      { role: 'user', content: 'Hello' },
    ];
    const longer = [...messages, { role: 'assistant', content: 'Hi' }, { role: 'user', content: 'And?' }];
    const cached = async (turn: object[], model = 'openai/gpt-5-mini') => {
      const { text } = await ask(aCall({ messages: turn }, { model }), {}, sandbox);
      return JSON.parse(text).usage.prompt_tokens_details.cached_tokens;
    };
    expect(await cached(messages)).toBe(0);
    expect(await cached(longer)).toBeGreaterThan(2_000);
    expect(await cached(longer, 'openai/gpt-5')).toBe(0);
    now = 300_001;
    expect(await cached(longer)).toBe(0);
  });

  it('bills an Anthropic model’s cache writes only where the client marks what to cache', async () => {
    const system = [{ type: 'text', text: 'word '.repeat(2_000), cache_control: { type: 'ephemeral' } }];
    const call = (body: object) =>
      ask(aCall(body, { dialect: 'anthropic-messages', model: 'anthropic/claude-opus-5' }));
    expect(JSON.parse((await call({ system })).text).usage.cache_creation_input_tokens).toBeGreaterThan(
      2_000,
    );
    const unmarked = [{ type: 'text', text: 'word '.repeat(2_000) }];
    expect(JSON.parse((await call({ system: unmarked })).text).usage.cache_creation_input_tokens).toBe(0);
  });

  it('fails at the stated rates, in the words of each dialect', async () => {
    const options = { errorRates: { rate_limit: 1 } };
    const chat = await ask(aCall({}), options);
    expect([chat.status, chat.headers['retry-after']]).toEqual([429, '1']);
    expect(JSON.parse(chat.text).error.code).toBe('rate_limit_exceeded');
    const message = await ask(aCall({}, { dialect: 'anthropic-messages' }), options);
    expect(JSON.parse(message.text)).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } });
    await expect(ask(aCall({}), { errorRates: { network: 1 } })).rejects.toBeInstanceOf(UpstreamFailure);
  });

  it('stops when nobody waits any more', async () => {
    const listeners: (() => void)[] = [];
    const signal = { stopped: false, onStop: (listener: () => void) => void listeners.push(listener) };
    const going = aSandbox().call(aCall({}, { model: 'silent', signal }));
    listeners[0]?.();
    await expect(going).rejects.toThrow('stopped');
  });
});

describe('the sandbox’s behaviour', () => {
  it('is faster for small models than for large ones, and stable', () => {
    const small = behaviourOf('openai/gpt-5-nano');
    const large = behaviourOf('anthropic/claude-opus-4-1');
    expect(small.firstTokenMs).toBeLessThan(large.firstTokenMs);
    expect(behaviourOf('openai/gpt-5-nano')).toEqual(small);
  });

  it('takes the catalogue’s speed where there is one', () => {
    expect(behaviourOf('openai/gpt-5-mini').tokensPerSecond).toBe(
      defaultCatalogue.find('openai/gpt-5-mini')?.speed?.tokensPerSecond,
    );
  });

  it('fails four times in a thousand unless told otherwise', () => {
    const random = seededRandom(7);
    const behaviour = behaviourOf('openai/gpt-5-mini');
    const question = { inputTokens: 100, task: 'code', maxOutputTokens: null, random } as const;
    const answers = Array.from({ length: 50_000 }, () => simulateAnswer(behaviour, question));
    const failed = answers.filter(({ error }) => error !== null).length;
    expect(failed / answers.length).toBeCloseTo(0.004, 3);
  });

  it('answers anything within the client’s limit, with the first token before the last', () => {
    const targets = fc.constantFrom(
      'openai/gpt-5-mini',
      'anthropic/claude-opus-5',
      'nobody/knows',
      'sandbox/slow',
    );
    fc.assert(
      fc.property(
        targets,
        fc.constantFrom(...taskLabels),
        fc.nat(200_000),
        fc.option(fc.integer({ min: 1, max: 10_000 })),
        fc.integer(),
        (target, task, inputTokens, maxOutputTokens, seed) => {
          const random = seededRandom(seed);
          const answer = simulateAnswer(behaviourOf(target), { inputTokens, task, maxOutputTokens, random });
          expect(answer.firstTokenMs).toBeLessThanOrEqual(answer.totalMs);
          const length = answer.outputTokens + answer.reasoningTokens;
          expect(Number.isSafeInteger(length)).toBe(true);
          if (answer.error === null) expect(answer.outputTokens).toBeGreaterThan(0);
          if (maxOutputTokens !== null) expect(length).toBeLessThanOrEqual(maxOutputTokens);
        },
      ),
    );
  });
});
