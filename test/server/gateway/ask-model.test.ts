import { describe, expect, it } from 'vitest';
import { askModel, type ModelQuestion } from '#server/gateway/ask-model.ts';
import { aContext } from '../support/context.ts';
import { anUpstream, sendJson } from '../support/servers.ts';
import { aCompletion } from '../support/wire.ts';

const client = { stopped: false, onStop: () => {} };

function aQuestion(different: Partial<ModelQuestion> = {}): ModelQuestion {
  return {
    role: 'judge',
    target: 'up/small',
    system: 'Answer in one word.',
    text: 'Is it good?',
    deadlineMs: 5_000,
    maxOutputTokens: 50,
    ...different,
  };
}

async function ask(question: ModelQuestion, answer: Parameters<typeof anUpstream>[0]) {
  const { url, seen } = await anUpstream(answer);
  const context = aContext({
    upstreams: [{ id: 'up', kind: 'openai-compatible', baseUrl: `${url}/v1` }],
    sandboxOff: true,
  });
  const prices = { book: context.priceBook, at: 0 };
  return { reply: await askModel(question, { requestId: 'r', client, prices }, context), seen };
}

describe('a question of the gateway’s own to a model', () => {
  it('goes the way of every call and comes back as a text with its usage and its role', async () => {
    const { reply, seen } = await ask(aQuestion(), (res) => sendJson(res, 200, aCompletion(' Yes. ')));
    expect(reply).toMatchObject({
      kind: 'answered',
      text: 'Yes.',
      made: { target: 'up/small', role: 'judge', outcome: 'served', usage: { source: 'provider' } },
    });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      model: 'small',
      messages: [
        { role: 'system', content: 'Answer in one word.' },
        { role: 'user', content: 'Is it good?' },
      ],
      max_completion_tokens: 50,
    });
  });

  it('fails with the upstream’s words, and the attempt says how', async () => {
    const { reply } = await ask(aQuestion(), (res) =>
      sendJson(res, 429, { error: { message: 'Slow down.', type: 'rate_limit_error' } }),
    );
    expect(reply).toMatchObject({
      kind: 'failed',
      message: 'up/small failed (rate_limit): it answered with status 429.',
      made: { outcome: 'rate_limit', role: 'judge' },
    });
  });

  it('gives up at its deadline', async () => {
    const { reply } = await ask(aQuestion({ deadlineMs: 20 }), () => {});
    expect(reply).toMatchObject({ kind: 'failed', made: { outcome: 'timeout' } });
  });

  it('takes an empty answer for none', async () => {
    const { reply } = await ask(aQuestion(), (res) => sendJson(res, 200, aCompletion('')));
    expect(reply).toMatchObject({ kind: 'failed', message: 'up/small answered without a text.' });
  });

  it('says when nobody serves the target', async () => {
    const { reply } = await ask(aQuestion({ target: 'nobody/home' }), () => {});
    expect(reply).toMatchObject({ kind: 'failed', made: { outcome: 'unavailable', costNanoUsd: 0 } });
  });
});
