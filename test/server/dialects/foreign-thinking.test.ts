import { describe, expect, it } from 'vitest';
import { aProvider } from '../providers/support.ts';
import { sendJson } from '../support/servers.ts';
import { postMessage } from '../support/wire.ts';

const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude',
  content: [{ type: 'text', text: 'Hi.' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 1, output_tokens: 1 },
};
const call = { type: 'tool_use', id: 't1', name: 'weather', input: {} };
const result = { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: '3 °C' }] };
const thought = (signature: string) => ({ type: 'thinking', thinking: 'Hm.', signature });

async function sentWith(messages: readonly object[], more: object = {}) {
  const { url, upstream } = await aProvider({ kind: 'anthropic' }, (res) => sendJson(res, 200, message));
  await postMessage(url, { model: 'up/claude-opus-5', messages, ...more });
  return upstream.seen[0]?.body ?? '';
}

describe('an Anthropic client whose conversation comes from another provider', () => {
  it('goes on without thinking that Anthropic would refuse as forged', async () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [thought(''), thought('waybill.google.call.QQ'), call] },
      result,
      { role: 'assistant', content: [thought('EqoB'), { type: 'text', text: 'Cold.' }] },
      { role: 'user', content: 'Thanks' },
    ];
    const sent = JSON.parse(await sentWith(messages));
    expect(sent.messages[1].content).toEqual([call]);
    expect(sent.messages[3].content[0]).toEqual(thought('EqoB'));
  });

  it('does not think on a turn that waits for tools and has lost what was thought before them', async () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [thought(''), call] },
      result,
    ];
    const budget = { thinking: { type: 'enabled', budget_tokens: 1_024 }, max_tokens: 2_000 };
    expect(JSON.parse(await sentWith(messages, budget)).thinking).toEqual({ type: 'disabled' });
    expect(JSON.parse(await sentWith(messages, { thinking: { type: 'adaptive' } })).thinking).toEqual({
      type: 'adaptive',
    });
  });

  it('has its bytes untouched where everything thought is Anthropic’s own', async () => {
    const messages = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: [thought('EqoB'), { type: 'text', text: 'Yes?' }] },
      { role: 'user', content: 'Go on' },
    ];
    expect(await sentWith(messages)).toContain(JSON.stringify(messages));
  });
});
