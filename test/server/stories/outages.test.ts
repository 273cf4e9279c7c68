import { describe, expect, it } from 'vitest';
import { sendEvents } from '../support/servers.ts';
import { chunk, roleChunk } from '../support/wire.ts';
import { aStory, failing, targetOf, type Vendor, well } from './a-story.ts';

describe('an outage of a vendor', () => {
  const stream = { stream: true };
  const breaksOff: Vendor = (res) => {
    sendEvents(res, roleChunk + chunk({ content: 'Half an ans' }));
    res.end();
  };
  const breaksBefore: Vendor = (res) => {
    sendEvents(res, roleChunk);
    res.destroy();
  };

  it('in the middle of a stream ends it with an error, never with a finish that nobody wrote', async () => {
    const { ask, turn, context } = await aStory('resilient');
    turn('anthropic', breaksOff);
    const text = await (await ask(stream)).text();
    expect(text).toContain('Half an ans');
    expect(text).toContain('"error"');
    expect(text).not.toContain('"finish_reason":"stop"');
    expect(text).not.toContain('[DONE]');
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'failed',
      'outcome.error': 'network',
      'outcome.target': 'anthropic/claude-sonnet-5',
    });
  });

  it('before the first word is not seen by any client; soon the vendor is left alone, and tried again later', async () => {
    const { ask, turn, calls, wait } = await aStory('resilient');
    turn('anthropic', breaksBefore);
    for (let request = 0; request < 12; request += 1) {
      const response = await ask(stream);
      expect(response.headers.get('x-waybill-target')).toBe('openai/gpt-5.5');
      expect(await response.text()).toContain('[DONE]');
    }
    const toldApart = calls.filter((call) => call.startsWith('anthropic'));
    expect(toldApart.length).toBeGreaterThan(0);
    expect(toldApart.length).toBeLessThan(12);
    turn('anthropic', well);
    wait(120_000);
    expect(await targetOf(ask(stream))).toBe('anthropic/claude-sonnet-5');
  });
});

describe('a storm of 429 over three keys', () => {
  const three = ['a', 'b', 'c'].map((name) => ({ apiKey: `sk-${name}`, weight: 1 }));

  it('is passed from key to key, then to the next vendor, and nobody is asked again before the time they named', async () => {
    const { ask, turn, asked, calls, wait } = await aStory('resilient', {
      providers: { anthropic: { keys: three } },
    });
    turn('anthropic', failing(429, { 'retry-after': '30' }));
    expect(await targetOf(ask())).toBe('openai/gpt-5.5');
    const keys = asked.slice(0, -1).map(({ headers }) => headers.authorization);
    expect(new Set(keys).size).toBe(3);
    calls.length = 0;
    for (let request = 0; request < 5; request += 1) expect(await targetOf(ask())).toBe('openai/gpt-5.5');
    expect(calls.filter((call) => call.startsWith('anthropic'))).toEqual([]);
    turn('anthropic', well);
    wait(31_000);
    expect(await targetOf(ask())).toBe('anthropic/claude-sonnet-5');
  });

  it('of one key costs the client nothing', async () => {
    const { ask, turn } = await aStory('resilient', { providers: { anthropic: { keys: three } } });
    turn('anthropic', (res, asked) => {
      const limited = asked.headers.authorization === 'Bearer sk-a';
      (limited ? failing(429, { 'retry-after': '30' }) : well)(res, asked);
    });
    for (let request = 0; request < 6; request += 1)
      expect(await targetOf(ask())).toBe('anthropic/claude-sonnet-5');
  });
});
