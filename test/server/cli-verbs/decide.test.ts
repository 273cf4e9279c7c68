import { describe, expect, it } from 'vitest';
import { decide } from '#server/cli/decide.ts';
import { aFile, runVerb, shippedPath } from './run-verb.ts';

const support = shippedPath('support');

describe('decide', () => {
  it('decides an OpenAI body and tells the reasons', async () => {
    const request = aFile('request.json', {
      model: 'auto',
      messages: [
        { role: 'user', content: 'Write a Python function that reverses a linked list, with unit tests.' },
      ],
    });
    const { code, out } = await runVerb(decide, [support, '--request', request]);
    expect(code).toBe(0);
    expect(out).toContain('Path: size:else>task:code>strong:1>opus>strong:2>gpt');
    expect(out).toContain('1. anthropic/claude-opus-5, about $0.');
    expect(out).toContain('moves on to openai/gpt-5.5 on rate_limit');
  });

  it('tells an Anthropic body by its shape, or takes what it is told', async () => {
    const body = {
      model: 'claude-sonnet-5',
      max_tokens: 100,
      system: 'Be friendly.',
      messages: [{ role: 'user', content: 'Hi, how are you today?' }],
    };
    const request = aFile('request.json', body);
    const told = JSON.parse((await runVerb(decide, [support, '--request', request, '--json'])).out);
    expect(told.signals['request.dialect']).toBe('anthropic-messages');
    expect(told.pathText).toMatch(/^size:else>task:otherwise>trial:/);
    expect(told.attempts).toMatchObject([{ expectedCostNanoUsd: expect.any(Number) }]);
    const forced = await runVerb(decide, [
      support,
      '--request',
      request,
      '--dialect',
      'openai-chat',
      '--json',
    ]);
    expect(JSON.parse(forced.out).signals['request.dialect']).toBe('openai-chat');
  });

  it('decides the same file alike every time', async () => {
    const request = aFile('request.json', {
      model: 'auto',
      messages: [{ role: 'user', content: 'Hi there!' }],
    });
    const draws = await Promise.all(
      [1, 2].map(async () =>
        JSON.parse((await runVerb(decide, [support, '--request', request, '--json'])).out),
      ),
    );
    expect(draws[0].signals.draw).toBe(draws[1].signals.draw);
    expect(draws[0].pathText).toBe(draws[1].pathText);
  });

  it('decides from signals, and tells a refusal', async () => {
    const signals = aFile('signals.json', { 'request.input_tokens': 950_000 });
    const { out } = await runVerb(decide, [support, '--signals', signals]);
    expect(out).toContain('Refused with 413 (input_too_long): ');
  });

  it.each([
    [
      'signals that are none',
      ['--signals', aFile('a.json', { 'request.tokens': 1 })],
      '"request.tokens" is not a signal',
    ],
    ['a body that is none', ['--request', aFile('b.json', '{"model": "auto"}')], '"messages" must be a list'],
    ['a file that is none', ['--request', '/nowhere/body.json'], 'There is no file /nowhere/body.json'],
  ] as const)('answers 1 for %s', async (_, args, message) => {
    const { code, err } = await runVerb(decide, [support, ...args]);
    expect(code).toBe(1);
    expect(err).toContain(message);
  });
});
