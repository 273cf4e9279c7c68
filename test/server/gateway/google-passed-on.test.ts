import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { testSecret } from '../support/fakes.ts';
import { sendEvents, sendJson } from '../support/servers.ts';
import { aGoogleInstallation, anInstallation, fixture, flash, key, post } from './google-client.ts';

describe('Google’s client in front of a provider of its own dialect', () => {
  const answer = {
    candidates: [
      { content: { parts: [{ text: 'Hi', extra: 1.0 }], role: 'model' }, finishReason: 'STOP', index: 0 },
    ],
    usageMetadata: {
      promptTokenCount: 9,
      candidatesTokenCount: 2,
      thoughtsTokenCount: 5,
      totalTokenCount: 16,
    },
    modelVersion: 'gemini-2.5-flash',
  };

  it('has its bytes passed on and its answer passed back', async () => {
    const { upstream, url, context } = await aGoogleInstallation((res) => sendJson(res, 200, answer));
    const sent = '{"contents" : [{"parts":[{"text":"Hi"}]}], "safetySettings":[], "x": 1.0}';
    const response = await fetch(`${url}/v1beta/models/${flash}:generateContent?quotaUser=a%20b`, {
      method: 'POST',
      headers: key,
      body: sent,
    });
    expect(await response.json()).toEqual(answer);
    expect(upstream.seen[0]).toMatchObject({
      url: '/v1beta/models/gemini-2.5-flash:generateContent?quotaUser=a%20b',
      body: sent,
    });
    expect(await context.log.next()).toMatchObject({
      'usage.input_tokens': 9,
      'usage.output_tokens': 2,
      'usage.reasoning_tokens': 5,
      'cost.nano_usd': expect.any(Number),
    });
  });

  it('streams events to a client that asks for them, byte by byte', async () => {
    const { url, upstream } = await aGoogleInstallation((res) => {
      sendEvents(res, fixture('google-tools.sse'));
      res.end();
    });
    const response = await post(url, `/v1beta/models/${flash}:streamGenerateContent?alt=sse`, key);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await response.text()).toBe(fixture('google-tools.sse'));
    expect(upstream.seen[0]?.url).toBe('/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse');
  });

  it.each(['', '?alt=json'])('streams one JSON list to a client that asks with “%s”', async (query) => {
    const { url } = await aGoogleInstallation((res) => {
      sendEvents(res, fixture('google-text.sse'));
      res.end();
    });
    const response = await post(url, `/v1/models/${flash}:streamGenerateContent${query}`, key);
    expect(response.headers.get('content-type')).toContain('application/json');
    const chunks: unknown = await response.json();
    expect(chunks).toHaveLength(3);
    expect(chunks).toMatchObject([{}, {}, { candidates: [{ finishReason: 'STOP' }] }]);
  });

  it.each([
    ['the upstream’s own error', fixture('google-error.sse'), 'UNAVAILABLE'],
    [
      'ours, where it broke off',
      `${fixture('google-text.sse').split('\r\n\r\n', 1)[0]}\r\n\r\n`,
      'UNAVAILABLE',
    ],
  ])('ends a list that broke in %s, as JSON still', async (_, bytes, status) => {
    const { url } = await aGoogleInstallation((res) => {
      sendEvents(res, bytes);
      res.end();
    });
    const response = await post(url, `/v1beta/models/${flash}:streamGenerateContent`, key);
    const chunks: unknown = await response.json();
    expect(chunks).toMatchObject([{ candidates: [{}] }, { error: { status } }]);
  });

  it('asks it to count, and says so where it does not get to it', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const { client, upstream, url } = await aGoogleInstallation(
      (res, _, turn) =>
        turn === 1 ? sendJson(res, 200, { totalTokens: 31 }) : sendJson(res, 429, { error: {} }),
      { logger },
    );
    expect(await client.models.countTokens({ model: flash, contents: 'Hi' })).toMatchObject({
      totalTokens: 31,
    });
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toMatchObject({
      generateContentRequest: { model: 'models/gemini-2.5-flash', contents: [{ parts: [{ text: 'Hi' }] }] },
    });
    const response = await post(url, `/v1beta/models/${flash}:countTokens`, key);
    expect(response.headers.get('x-waybill-estimated')).toBe('true');
    expect(await response.json()).toEqual({ totalTokens: 6 });
    expect(lines.join()).toContain('answered 429');
  });
});

describe('a key in the URL', () => {
  it('opens the door, and goes no further', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const { url, upstream, context } = await aGoogleInstallation((res) => sendJson(res, 503, { error: {} }), {
      logger,
    });
    const path = `/v1beta/models/${flash}:generateContent?key=${testSecret}&quotaUser=x`;
    const response = await post(url, path);
    expect(response.status).toBe(503);
    expect(upstream.seen[0]?.url).toBe('/v1beta/models/gemini-2.5-flash:generateContent?quotaUser=x');
    expect(JSON.stringify(upstream.seen)).not.toContain(testSecret);
    expect(lines.join()).not.toContain(testSecret);
    expect(JSON.stringify(await context.log.next())).not.toContain(testSecret);
  });

  it('is no key anywhere but below Google’s paths', async () => {
    const { url } = await anInstallation(() => {});
    const response = await fetch(`${url}/v1/chat/completions?key=${testSecret}`, {
      method: 'POST',
      body: '{}',
    });
    expect(response.status).toBe(401);
  });

  it.each([
    [`/v1beta/models/auto:generateContent?key=wrong`, {}, 'INVALID_KEY'],
    [`/v1beta/models/auto:generateContent`, {}, 'MISSING_KEY'],
    [`/v1beta/models/auto:generateContent?key=wb-other`, key, 'CONFLICTING_KEYS'],
  ])('that is wrong is told in Google’s form: %s', async (path, headers, reason) => {
    const { url } = await anInstallation(() => {});
    const response = await post(url, path, headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      error: { code: 401, status: 'UNAUTHENTICATED', details: [{ reason }] },
    });
  });
});
