import { describe, expect, it } from 'vitest';
import { aPolicy, calls } from '../../../engine/builders.ts';
import { aServer } from '../a-server.ts';

const policy = aPolicy({
  size: {
    kind: 'condition',
    cases: [{ id: 'huge', when: 'request.input_tokens > 1000', to: 'no' }],
    else: 'both',
  },
  no: { kind: 'refuse', message: 'Too long.' },
  both: { kind: 'fallback', try: ['mini', 'big'], on: ['rate_limit'] },
  mini: { ...calls('openai/gpt-5-mini'), parameters: { max_output_tokens: 100 } },
  big: calls('nobody/knows-this'),
});

describe('trying a request', () => {
  it('answers path, reasons and attempts with their expected cost for named signals', async () => {
    const { call } = await aServer();
    const { body } = await call('POST', '/api/decide', {
      policy: { policy },
      signals: { 'request.input_tokens': 1_000 },
    });
    expect(body.pathText).toBe('size:else>both:1>mini>both:2>big');
    expect(body.refusal).toBeNull();
    expect(body.reasons.map(({ node }: { node: string }) => node)).toEqual([
      'size',
      'both',
      'mini',
      'both',
      'big',
    ]);
    // 1,000 input tokens at $0.25 and 100 output tokens at $2 a million.
    expect(body.attempts).toEqual([
      {
        node: 'mini',
        target: 'openai/gpt-5-mini',
        movesOn: [{ on: 'rate_limit', to: 'nobody/knows-this' }],
        expectedCostNanoUsd: 450_000,
      },
      { node: 'big', target: 'nobody/knows-this', movesOn: [], expectedCostNanoUsd: null },
    ]);
  });

  it('answers a refusal as one', async () => {
    const { call } = await aServer();
    const { body } = await call('POST', '/api/decide', {
      policy: { policy },
      signals: { 'request.input_tokens': 5_000 },
    });
    expect(body.refusal).toMatchObject({ node: 'no', status: 403, message: 'Too long.' });
    expect(body.attempts).toEqual([]);
  });

  it.each([
    ['openai-chat', { model: 'auto', messages: [{ role: 'user', content: 'Hello!' }] }],
    ['anthropic-messages', { model: 'auto', max_tokens: 5, messages: [{ role: 'user', content: 'Hello!' }] }],
  ])('measures a body in %s, named signals in the place of measured ones', async (dialect, body) => {
    const { call } = await aServer();
    const answer = await call('POST', '/api/decide', {
      policy: { id: 'support', version: 1 },
      request: { dialect, body },
      signals: { 'caller.team': 'search' },
    });
    expect(answer.body.signals).toMatchObject({
      'request.dialect': dialect,
      'request.messages': 1,
      'caller.team': 'search',
      'caller.key': 'studio',
    });
  });

  it('says what is wrong with signals, bodies and references', async () => {
    const { call } = await aServer();
    const ask = async (body: object) => (await call('POST', '/api/decide', body)).body.error;
    expect((await ask({ policy: { policy }, signals: { 'request.tools': 'two' } })).message).toContain(
      '"request.tools" must be a whole number, not "two".',
    );
    expect((await ask({ policy: { policy }, request: { dialect: 'openai-chat', body: [] } })).code).toBe(
      'invalid_request',
    );
    expect((await ask({ policy: { id: 'nothing' } })).code).toBe('policy_missing');
    expect((await ask({ policy: { id: 'support', version: 9 } })).code).toBe('version_missing');
    expect((await ask({ policy: { policy: { ...policy, entry: 'x' } } })).code).toBe('policy_invalid');
  });
});
