import { describe, expect, it } from 'vitest';
import { sendEvents, sendJson } from '../../support/servers.ts';
import { aChatStream, aCompletion, postChat } from '../../support/wire.ts';
import { aProvider } from '../support.ts';

const keys = [
  { apiKey: 'sk-first-000000000001', weight: 1 },
  { apiKey: 'sk-second-00000000002', weight: 1 },
];
const error = { error: { message: 'No.', type: 'x', code: 'x' } };
const model = 'up/m';

describe('a provider with several keys', () => {
  it.each([429, 401, 403])(
    'asks with the next within the same attempt when one is answered %d',
    async (status) => {
      const { url, upstream, context } = await aProvider({ kind: 'openai', keys }, (res, { headers }) =>
        headers.authorization?.includes('first') === true
          ? sendJson(res, status, error, { 'retry-after': '60' })
          : sendJson(res, 200, aCompletion()),
      );
      const response = await postChat(url, { model });
      expect(response.status).toBe(200);
      expect(response.headers.get('x-waybill-attempts')).toBe('1');
      await postChat(url, { model });
      const used = upstream.seen.map((seen) => seen.headers.authorization?.slice(10, 15));
      expect(used).toEqual(['first', 'secon', 'secon']);
      expect(await context.log.next()).toMatchObject({ 'outcome.status': 'served' });
    },
  );

  it('hands on the last answer when no key may', async () => {
    const { url, upstream } = await aProvider({ kind: 'openai', keys }, (res, _, turn) =>
      sendJson(res, 429, error, { 'retry-after': String(turn) }),
    );
    const response = await postChat(url, { model });
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2']);
    expect(upstream.seen).toHaveLength(2);
  });

  it('does not try another key for what another key cannot mend', async () => {
    const { url, upstream } = await aProvider({ kind: 'openai', keys }, (res) => sendJson(res, 500, error));
    await postChat(url, { model });
    expect(upstream.seen).toHaveLength(1);
  });

  it('streams from the second key where the first was told to wait', async () => {
    const { url } = await aProvider({ kind: 'openai', keys }, (res, _, turn) => {
      if (turn === 1) return sendJson(res, 429, error);
      sendEvents(res, aChatStream('Here.'));
      res.end();
    });
    expect(await (await postChat(url, { model, stream: true })).text()).toContain('Here.');
  });
});
