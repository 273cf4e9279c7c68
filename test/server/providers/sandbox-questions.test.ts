import { describe, expect, it } from 'vitest';
import { aContext } from '../support/context.ts';
import { aGateway } from '../support/servers.ts';
import { postChat } from '../support/wire.ts';

const cheap = { kind: 'model', target: 'openai/gpt-5-mini' } as const;
const dear = { kind: 'model', target: 'openai/gpt-5' } as const;
const says = (content: string) => ({ messages: [{ role: 'user', content }] });

describe('the sandbox as a judge', () => {
  it('gives a classifier the label whose words the message shares, and none where it shares none', async () => {
    const labels = { refund: 'wants money back for an order', hours: 'asks about opening hours of the shop' };
    const nodes = {
      what: {
        kind: 'classifier',
        classifier: 'topic',
        ports: { refund: 'dear' },
        otherwise: 'cheap',
        confidence: 0.5,
      },
      cheap,
      dear,
    };
    const classifiers = { topic: { kind: 'judge', target: 'openai/gpt-5-nano', prompt: 'Which?', labels } };
    const context = aContext({ policies: { auto: { entry: 'what', nodes, classifiers } as never } });
    const url = await aGateway(context);
    const path = async (text: string) => (await postChat(url, says(text))).headers.get('x-waybill-path');
    expect(await path('I ordered shoes and want my money back')).toBe('what:refund>dear');
    expect(await path('What are your opening hours?')).toBe('what:otherwise>cheap');
    expect(await path('Tell me a joke')).toBe('what:otherwise>cheap');
    expect(context.log.records.map((record) => record['classifiers.label'])).toEqual([
      { topic: 'refund' },
      { topic: 'hours' },
      { topic: '' },
    ]);
    expect(context.log.records[0]?.sandbox).toBe(true);
  });

  it('gives a cascade a mark, so that its check is made', async () => {
    const judge = { target: 'openai/gpt-5-nano', question: 'Does it answer?', at_least: 0.3 };
    const cascade = Object.fromEntries([
      ['kind', 'cascade'],
      ['first', 'cheap'],
      ['then', 'dear'],
      ['accept', { judge }],
    ]);
    const context = aContext({ policies: { auto: { entry: 'c', nodes: { c: cascade, cheap, dear } } } });
    const url = await aGateway(context);
    const answer = await postChat(url, says('Hello there'));
    expect(answer.status).toBe(200);
    expect(context.log.records[0]?.['outcome.notes']).toEqual([]);
    expect(context.log.records[0]?.['outcome.attempts']).toContain('"role":"judge"');
  });
});
