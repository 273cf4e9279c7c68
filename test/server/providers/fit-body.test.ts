import { describe, expect, it } from 'vitest';
import { type FieldQuirks, fitBody } from '#server/providers/fit-body.ts';

function fitted(text: string, quirks: FieldQuirks, model = 'm') {
  const raw = Buffer.from(text);
  const { body, dropped } = fitBody(raw, model, quirks);
  return { text: body.toString('utf8'), dropped, same: body === raw };
}

describe('a body that a provider would refuse', () => {
  it('stays the very same bytes where nothing is in the way', () => {
    expect(fitted('{ "model":"m", "x": 1e2 }', { refused: { '': ['logprobs'] } })).toMatchObject({
      same: true,
      dropped: [],
    });
  });

  it('loses what is refused, and says so; what would have changed nothing is no loss', () => {
    const quirks = { refused: { '': ['logit_bias', 'logprobs'], 'grok-4': ['stop'] } };
    expect(
      fitted('{"model":"m","logit_bias":{"1":2},"logprobs":false,"stop":["a"],"x":1e2}', quirks),
    ).toMatchObject({
      text: '{"model":"m","stop":["a"],"x":1e2}',
      dropped: ['logit_bias'],
    });
    expect(fitted('{"stop":["a"]}', quirks, 'grok-4.3')).toMatchObject({ text: '{}', dropped: ['stop'] });
  });

  it('keeps only known fields where unknown ones are refused, the client’s words else as they were', () => {
    const quirks = {
      known: ['model', 'max_tokens'],
      renamed: { max_completion_tokens: 'max_tokens' },
      needless: ['stream_options'],
    };
    expect(
      fitted(
        '{"model":"m","max_completion_tokens":5,"stream_options":{"include_usage":true},"metadata":{"a":1}}',
        quirks,
      ),
    ).toMatchObject({
      text: '{"model":"m","max_tokens":5}',
      dropped: ['metadata'],
    });
    expect(fitted('{"max_tokens":4,"max_completion_tokens":5}', quirks).text).toBe('{"max_tokens":4}');
  });

  it('asks for one answer where there is only one', () => {
    expect(fitted('{"n":1}', { single: true })).toMatchObject({ text: '{"n":1}', dropped: [] });
    expect(fitted('{"n":2}', { single: true })).toMatchObject({ text: '{}', dropped: ['n'] });
  });

  it('has fields taken out of its messages', () => {
    const body =
      '{"messages":[{"role":"user","name":"ann","content":"the name"},{"role":"assistant","content":"x"}]}';
    expect(fitted(body, { messageFields: ['name'] })).toMatchObject({
      text: '{"messages":[{"role":"user","content":"the name"},{"role":"assistant","content":"x"}]}',
      dropped: ['messages[].name'],
    });
  });
});
