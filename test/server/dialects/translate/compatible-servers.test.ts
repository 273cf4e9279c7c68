import { describe, expect, it } from 'vitest';
import { hearAnthropic } from './legality.ts';
import { aCall, translateStream } from './stream-tools.ts';

const chunk = (delta: object, finish_reason: string | null = null) =>
  Buffer.from(
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
  );
const calls = (...tool_calls: object[]) => chunk({ tool_calls });
const done = Buffer.from('data: [DONE]\n\n');

function hear(...chunks: Buffer[]) {
  return hearAnthropic(translateStream(aCall('anthropic-messages', 'openai-chat'), chunks).text);
}

describe('what servers that speak OpenAI’s dialect do differently', () => {
  it('gives several calls the same index: a new id is a new call', () => {
    const heard = hear(
      calls({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x":1}' } }),
      calls({ index: 0, id: 'b', function: { name: 'g', arguments: '{"y":2}' } }),
      chunk({}, 'tool_calls'),
      done,
    );
    expect(heard.calls).toEqual([
      { id: 'a', name: 'f', json: '{"x":1}' },
      { id: 'b', name: 'g', json: '{"y":2}' },
    ]);
  });

  it('repeats the id and the name with every delta', () => {
    const piece = (text: string) => calls({ index: 0, id: 'a', function: { name: 'f', arguments: text } });
    const heard = hear(piece('{"x"'), piece(':1}'), chunk({}, 'tool_calls'), done);
    expect(heard.calls).toEqual([{ id: 'a', name: 'f', json: '{"x":1}' }]);
  });

  it('leaves the index out, and the id of later deltas', () => {
    const heard = hear(
      calls({ id: 'a', function: { name: 'f', arguments: '{"x"' } }),
      calls({ function: { arguments: ':1}' } }),
      calls({ id: 'b', function: { name: 'g', arguments: '{}' } }),
      chunk({}, 'tool_calls'),
      done,
    );
    expect(heard.calls).toEqual([
      { id: 'a', name: 'f', json: '{"x":1}' },
      { id: 'b', name: 'g', json: '{}' },
    ]);
  });

  it('gives no id, arguments before the name, or arguments as an object', () => {
    const heard = hear(
      calls({ index: 0, function: { arguments: '{"x":' } }),
      calls({ index: 0, function: { name: 'f', arguments: '1}' } }),
      calls({ index: 1, function: { name: 'g', arguments: { y: 2 } } }),
      chunk({}, 'tool_calls'),
      done,
    );
    expect(heard.calls).toEqual([
      { id: 'call_0', name: 'f', json: '{"x":1}' },
      { id: 'call_1', name: 'g', json: '{"y":2}' },
    ]);
  });

  it('ends in stop though tools were called, and without [DONE]', () => {
    const heard = hear(
      calls({ index: 0, id: 'a', function: { name: 'f', arguments: '' } }),
      chunk({}, 'stop'),
    );
    expect(heard).toMatchObject({ ending: 'complete', stopReason: 'tool_use' });
  });

  it('writes ids that Anthropic would refuse', () => {
    const call = { index: 0, id: 'functions.read:0', function: { name: 'read', arguments: '{}' } };
    expect(hear(calls(call), chunk({}, 'tool_calls'), done).calls[0]?.id).toBe('functions_read_0');
  });

  it('writes content as a list, with what was thought in it', () => {
    const thinking = [{ type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }] }];
    const heard = hear(
      chunk({ content: thinking }),
      chunk({ content: [{ type: 'text', text: 'Yes' }] }),
      chunk({}, 'stop'),
      done,
    );
    expect(heard).toMatchObject({ kinds: ['thinking', 'text'], thinking: 'Hm', text: 'Yes' });
  });

  it('never counts tokens: the client hears an estimate', () => {
    const heard = hear(chunk({ content: 'x'.repeat(40) }), chunk({}, 'stop'), done);
    expect(heard.usage).toMatchObject({ input_tokens: 77, output_tokens: 10 });
  });
});

describe('a part that has begun', () => {
  it('is written as it comes when what stood before it has ended', () => {
    const stream = aCall('anthropic-messages', 'openai-chat').stream();
    stream.push(chunk({ content: 'Looking.' }));
    const frames = stream.push(calls({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x"' } }));
    expect(frames.join('')).toContain('"partial_json":"{\\"x\\""');
  });
});
