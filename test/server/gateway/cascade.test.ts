import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { aGateway, sendJson } from '../support/servers.ts';
import { postChat } from '../support/wire.ts';
import { type Answers, aCascade, attemptsOf, contentOf, large, refusal, says } from './a-cascade.ts';

const schema = {
  type: 'object',
  properties: { age: { type: 'integer' } },
  required: ['age'],
  additionalProperties: false,
};

const asksForSchema = { response_format: { type: 'json_schema', json_schema: { name: 'a', schema } } };

describe('a cascade', () => {
  it('answers with the cheap model where that will do, and asks nobody else', async () => {
    const { url, models, context } = await aCascade(
      { no_refusal: true, min_characters: 5 },
      { small: says('Paris it is.'), large },
    );
    const response = await postChat(url);
    expect(await contentOf(response)).toBe('Paris it is.');
    expect(response.headers.get('x-waybill-target')).toBe('up/small');
    expect(models()).toEqual(['small']);
    expect(attemptsOf(await context.log.next())).toMatchObject([{ outcome: 'served' }]);
  });

  const rejections: readonly (readonly [string, object, Answers[string], object])[] = [
    ['begins as a refusal', { no_refusal: true }, says(refusal), {}],
    [
      'says in its dialect that it is a refusal',
      { no_refusal: true },
      says('', { finish_reason: 'content_filter' }),
      {},
    ],
    ['is too short', { min_characters: 20 }, says('Yes.'), {}],
    ['is no JSON', { schema: true }, says('Sure! {"age": 4}'), asksForSchema],
    ['does not fit the schema', { schema: true }, says('{"age":"four"}'), asksForSchema],
    [
      'is unsure of itself',
      { min_logprob: -0.5 },
      says('Maybe.', { logprobs: { content: [{ token: 'Maybe', logprob: -2 }] } }),
      {},
    ],
  ];
  it.each(rejections)('escalates an answer that %s', async (_, accept, small, body) => {
    const { url, models, context } = await aCascade(accept, { small, large });
    const response = await postChat(url, body);
    expect(await contentOf(response)).toContain('long and careful');
    expect(response.headers.get('x-waybill-attempts')).toBe('2');
    expect(models()).toEqual(['small', 'large']);
    const record = await context.log.next();
    expect(attemptsOf(record)).toMatchObject([
      { target: 'up/small', outcome: 'rejected', status: 200, usage: { output_tokens: 20 } },
      { target: 'up/large', outcome: 'served' },
    ]);
    expect(record).toMatchObject({ 'outcome.status': 'served', 'outcome.target': 'up/large' });
  });

  it('takes what cannot be checked, and notes it', async () => {
    const { url, models, context } = await aCascade({ min_logprob: -0.5 }, { small: says('Maybe.'), large });
    await postChat(url);
    expect(models()).toEqual(['small']);
    expect((await context.log.next())['outcome.notes']).toEqual(['accept_logprob_unknown']);
  });

  it('never checks its last way: something has to be answered', async () => {
    const { url } = await aCascade({ no_refusal: true }, { small: says(refusal), large: says(refusal) });
    expect(await contentOf(await postChat(url))).toBe(refusal);
  });

  it('takes the call of a tool for an answer, however short', async () => {
    const calls = [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }];
    const small = says('', { message: { role: 'assistant', content: null, tool_calls: calls } });
    const { url, models } = await aCascade({ min_characters: 50, schema: true }, { small, large });
    await postChat(url, asksForSchema);
    expect(models()).toEqual(['small']);
  });

  it('asks further when the cheap model fails', async () => {
    const { url, models } = await aCascade(
      { min_characters: 1 },
      { small: (res) => sendJson(res, 500, { error: { message: 'Down.' } }), large },
    );
    expect(await contentOf(await postChat(url))).toContain('long and careful');
    expect(models()).toEqual(['small', 'large']);
  });
});

describe('a cascade with a judge', () => {
  const accept = { judge: { target: 'up/judge', question: 'Does it solve the task?', at_least: 0.6 } };
  const transform = { kind: 'transform', redact: ['email'], to: 'small' };

  it('asks it with task and answer, and its call is billed as the judge’s', async () => {
    const { url, upstream, context } = await aCascade(accept, {
      small: says('Paris.'),
      judge: says('{"mark": 0.9}'),
      large,
    });
    const response = await postChat(url, { messages: [{ role: 'user', content: 'Capital of France?' }] });
    expect(await contentOf(response)).toBe('Paris.');
    expect(response.headers.get('x-waybill-target')).toBe('up/small');
    expect(response.headers.get('x-waybill-attempts')).toBe('1');
    const asked = JSON.parse(upstream.seen[1]?.body ?? '').messages[1].content;
    expect(asked).toContain('Does it solve the task?');
    expect(asked).toContain('Capital of France?');
    expect(asked).toContain('Paris.');
    const record = await context.log.next();
    expect(record['outcome.target']).toBe('up/small');
    expect(attemptsOf(record)).toMatchObject([
      { target: 'up/small', outcome: 'served' },
      { target: 'up/judge', role: 'judge', usage: { output_tokens: 20 } },
    ]);
  });

  it('escalates a low mark', async () => {
    const { url, context } = await aCascade(accept, {
      small: says('Rome.'),
      judge: says('{"mark": 0.1}'),
      large,
    });
    expect(await contentOf(await postChat(url))).toContain('long and careful');
    const roles = attemptsOf(await context.log.next()).map(({ target, role, outcome }) => [
      target,
      role,
      outcome,
    ]);
    expect(roles).toEqual([
      ['up/small', undefined, 'rejected'],
      ['up/judge', 'judge', 'served'],
      ['up/large', undefined, 'served'],
    ]);
  });

  it('takes the answer where the judge says nothing that is a mark, and notes it', async () => {
    const { url, context } = await aCascade(accept, { small: says('Paris.'), judge: says('Great!'), large });
    expect(await contentOf(await postChat(url))).toBe('Paris.');
    expect((await context.log.next())['outcome.notes']).toEqual(['accept_judge_silent']);
  });

  it('keeps its deadline while the judge thinks', async () => {
    const { url, context } = await aCascade(
      accept,
      { small: says('Paris.'), judge: () => {}, large },
      { deadline_ms: 150 },
    );
    expect(await contentOf(await postChat(url))).toBe('Paris.');
    expect(attemptsOf(await context.log.next())[1]).toMatchObject({ role: 'judge', outcome: 'timeout' });
  });

  it('is not asked about what another check has turned down', async () => {
    const { url, models } = await aCascade(
      { ...accept, min_characters: 50 },
      { small: says('Rome.'), judge: says('{"mark": 1}'), large },
    );
    await postChat(url);
    expect(models()).toEqual(['small', 'large']);
  });

  it('reads no more than the model did: what is redacted for one is for the other', async () => {
    const { upstream, context } = await aCascade(accept, {
      small: says('Mail a@b.example.'),
      judge: says('{"mark": 1}'),
    });
    const nodes = {
      try: { kind: 'cascade', first: 'guard', then: 'large', accept },
      guard: transform,
      small: { kind: 'model', target: 'up/small' },
      large: { kind: 'model', target: 'up/large' },
    };
    const guarded = aContext({
      policies: { auto: { entry: 'try', nodes } },
      providers: context.providers,
    });
    await postChat(await aGateway(guarded), { messages: [{ role: 'user', content: 'I am a@b.example' }] });
    expect(upstream.seen).toHaveLength(2);
    for (const { body } of upstream.seen) expect(body).not.toContain('a@b.example');
  });
});
