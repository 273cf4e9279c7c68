import { describe, expect, it } from 'vitest';
import {
  estimateTextTokens,
  type Intake,
  measureSignals,
  type NamedSignals,
  type NeutralMessage,
  nameSignals,
  neutralMessage,
  neutralRequest,
  noLiveState,
  readsAsFailure,
} from '#engine/signals/index.ts';

const user = (text: string) => neutralMessage({ role: 'user', text });
const says = (text: string) => neutralMessage({ role: 'assistant', text });
const calls = (toolCalls = 1) => neutralMessage({ role: 'assistant', text: 'look {}', toolCalls });
const result = (...toolResults: ('ok' | 'failed')[]) =>
  neutralMessage({ role: 'tool', text: 'x', toolResults });

/** Tells texts apart and shows nothing of them, as the real ones do. */
function sum(text: string): number {
  let value = text.length;
  for (const character of text) value = (value * 31 + character.charCodeAt(0)) % 2 ** 40;
  return value;
}

function measure(messages: readonly NeutralMessage[], different: Partial<Intake> = {}): NamedSignals {
  return nameSignals(
    measureSignals({
      request: neutralRequest({ dialect: 'openai-chat', model: 'auto', messages }),
      caller: { key: 'k', team: 't', project: 'p', tags: [] },
      at: 0,
      draw: 0,
      fingerprint: (text) => sum(text).toString(16),
      checksum: sum,
      task: { task: 'code', confidence: 1, difficulty: 0, scores: {} as never },
      live: noLiveState(),
      ...different,
    }),
  );
}

describe('the signals of an agent’s run', () => {
  it('count rounds of tool calls since the user last spoke', () => {
    const run = [user('Fix it.'), calls(), result('ok'), calls(3), result('ok', 'ok', 'ok')];
    expect(measure(run)).toMatchObject({ 'agent.turn': 2, 'agent.tool_results': 4 });
    expect(measure([...run, says('Done.'), user('And now?')])).toMatchObject({
      'agent.turn': 0,
      'agent.tool_results': 4,
    });
    expect(measure([user('Hello')])).toMatchObject({ 'agent.turn': 0, 'agent.tool_results': 0 });
  });

  it('count failures in a row, across messages and within one', () => {
    const failing = [user('Fix it.'), calls(), result('failed'), calls(), result('ok', 'failed'), calls()];
    expect(measure([...failing, result('failed')])).toMatchObject({
      'agent.last_tool_failed': true,
      'agent.tool_failures': 2,
    });
    expect(measure([...failing, result('ok')])).toMatchObject({
      'agent.last_tool_failed': false,
      'agent.tool_failures': 0,
    });
  });

  it.each([
    ['Error: ENOENT: no such file or directory', true],
    ['Traceback (most recent call last):\n  File "x.py"', true],
    ['java.lang.NullPointerException: x', true],
    ['{"error": {"message": "not found"}}', true],
    ['{"success": false, "reason": "x"}', true],
    ['{"output":"boom","metadata":{"exit_code":1}}', true],
    ['Exit code: 2\nOutput: x', true],
    ['<tool_use_error>File has not been read yet.</tool_use_error>', true],
    ['{"error": null, "rows": []}', false],
    ['{"output":"fine","metadata":{"exit_code":0}}', false],
    ['Errors are values in Go.', false],
    ['Exit code: 0\nall good', false],
    ['The file has been updated.', false],
    ['', false],
  ])('take the result %j for failed: %s', (text, failed) => {
    expect(readsAsFailure(text)).toBe(failed);
  });
});

describe('the signals of what is said', () => {
  it('measure the user’s latest message, not what tools answered since', () => {
    const code = 'Why?\n```ts\nconst a = 1;\n```\nand\n```\nb\n```';
    expect(measure([user('first'), says('ok'), user(code), calls(), result('ok')])).toMatchObject({
      'request.user_characters': code.length,
      'request.code_blocks': 2,
      'request.code_share': ('const a = 1;\n'.length + 'b\n'.length) / code.length,
    });
    expect(measure([user('no code, just `x` and a ``` in a line')])).toMatchObject({
      'request.code_blocks': 0,
      'request.code_share': 0,
    });
    expect(measure([user('```\nopen to the end')])).toMatchObject({ 'request.code_blocks': 1 });
  });

  it('tell the longest message and the latest one in tokens', () => {
    expect(measure([user('x'.repeat(4_000)), says('y'.repeat(400))])).toMatchObject({
      'request.longest_message_tokens': 1_004,
      'request.last_message_tokens': 104,
    });
  });

  it('name kinds of private things of all messages, short and long, and nothing of the things', () => {
    const secret = 'sk-proj-abcDEF1234567890abcdefghij';
    const long = `${'words '.repeat(1_000)} ada@example.com ${secret}`;
    const signals = measure([user('call +49 30 12345678'), result('ok'), user(long)]);
    expect(signals).toMatchObject({ 'request.pii': ['email', 'phone'], 'request.secrets': ['api_key'] });
    const written = JSON.stringify(signals);
    for (const value of ['ada@', 'example.com', secret, '12345678']) expect(written).not.toContain(value);
  });

  it('estimate tokens of long texts in other scripts within a few percent of counting all', () => {
    const mixed = `${'こんにちは世界。'.repeat(500)}${'plain words '.repeat(400)}`;
    const counted = mixed.match(/[\u0300-\uffff]/g)?.length ?? 0;
    const exact = (mixed.length - counted) / 4 + counted / 1.5;
    expect(Math.abs(estimateTextTokens(mixed) / exact - 1)).toBeLessThan(0.1);
    expect(estimateTextTokens('x'.repeat(10_000))).toBe(2_500);
  });
});

describe('the beginnings of a conversation', () => {
  const system = neutralMessage({ role: 'system', text: 'You help.' });
  const turn = [system, user('Hello'), says('Hi'), user('And?')];

  it('are shared with the next turn up to the end of this one', () => {
    const before = measure(turn)['session.prefix_hashes'] ?? [];
    const after = measure([...turn, says('So.'), user('More')])['session.prefix_hashes'] ?? [];
    expect(after.slice(0, before.length)).toEqual(before);
    expect(before.length).toBe(4);
    expect(before.at(-1)?.endsWith(`:${measure(turn)['request.input_tokens']}`)).toBe(true);
  });

  it('end being shared where a message differs, also in nothing but its role', () => {
    const before = measure(turn)['session.prefix_hashes'] ?? [];
    const other = measure([system, user('Hello'), user('Hi'), user('And?')])['session.prefix_hashes'] ?? [];
    expect(other.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(other.slice(2).some((hash) => before.includes(hash))).toBe(false);
  });

  it('begin with tools and system prompt, whose hash is the prefix', () => {
    const signals = measure(turn);
    expect(signals['session.prefix_hashes']?.[0]?.startsWith(`${signals['session.prefix']}:`)).toBe(true);
    const tools = {
      request: neutralRequest({ dialect: 'openai-chat', model: 'auto', messages: turn, tools: ['a'] }),
    };
    expect(measure(turn, tools)['session.prefix']).not.toBe(signals['session.prefix']);
  });

  it('keep the first and the last seven, however long the conversation is', () => {
    const long = [system, ...Array.from({ length: 40 }, (_, index) => user(`message ${index}`))];
    const hashes = measure(long)['session.prefix_hashes'] ?? [];
    expect(hashes.length).toBe(8);
    expect(new Set(hashes).size).toBe(8);
    const tokens = hashes.map((hash) => Number(hash.split(':')[1]));
    expect(tokens).toEqual(tokens.toSorted((left, right) => left - right));
  });
});
