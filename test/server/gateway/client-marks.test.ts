import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NeutralRequest } from '#engine/signals/index.ts';
import { checksumOf } from '#server/gateway/checksum.ts';
import { intake } from '#server/gateway/intake.ts';

function taken(headers: Record<string, string>, body: unknown = {}): NeutralRequest {
  const wire = {
    model: 'auto',
    max_tokens: 10,
    messages: [{ role: 'user', content: 'Hi' }],
    ...(body as object),
  };
  const read = intake(Buffer.from(JSON.stringify(wire)), headers, 'anthropic-messages');
  if (read.kind !== 'taken-in') throw new Error(read.message);
  return read.request;
}

describe('a sub-agent', () => {
  it.each([
    'x-claude-code-agent-id',
    'x-claude-code-parent-agent-id',
    'x-openai-subagent',
    'x-codex-parent-thread-id',
    'x-parent-session-id',
  ])('is told by the header %s', (name) => {
    expect(taken({ [name]: 'a1' }).subAgent).toBe(true);
    expect(taken({ [name]: ' ' }).subAgent).toBe(false);
  });

  it('is told by Claude Code’s line about itself, which is no part of the system prompt', () => {
    const line = (marks: string) => `x-anthropic-billing-header: cc_version=2.1.140.a3f; ${marks}cch=00000;`;
    const systemOf = (marks: string) => ({
      system: [
        { type: 'text', text: line(marks) },
        { type: 'text', text: 'You are a coding agent.' },
      ],
    });
    expect(taken({}, systemOf('cc_is_subagent=true; ')).subAgent).toBe(true);
    const main = taken({}, systemOf(''));
    expect(main.subAgent).toBe(false);
    expect(main.messages[0]).toMatchObject({ role: 'system', text: 'You are a coding agent.' });
  });
});

describe('the checksum of a text', () => {
  it('is the same for the same text, whatever was summed before', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 300 }), (text, other) => {
        const before = checksumOf(text);
        checksumOf(other);
        expect(checksumOf(text)).toBe(before);
        expect(Number.isSafeInteger(before) && before >= 0).toBe(true);
      }),
    );
  });

  it('changes with any character, at any place, in any length', () => {
    const long = 'The quick brown fox jumps over the lazy dog. '.repeat(4_000);
    fc.assert(
      fc.property(
        fc.nat({ max: long.length - 1 }),
        fc.constantFrom(7, 64, 1_000, 70_000, 180_000),
        (at, length) => {
          const text = long.slice(0, length);
          const place = at % text.length;
          const changed = `${text.slice(0, place)}#${text.slice(place + 1)}`;
          expect(checksumOf(changed)).not.toBe(checksumOf(text));
        },
      ),
    );
    const sums = new Set(Array.from({ length: 20_000 }, (_, index) => checksumOf(`message ${index}`)));
    expect(sums.size).toBe(20_000);
  });
});
