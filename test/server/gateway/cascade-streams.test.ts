import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { testSecret } from '../support/fakes.ts';
import { sendEvents } from '../support/servers.ts';
import { aChatStream, chunk, doneFrame, postChat, postMessage, roleChunk } from '../support/wire.ts';
import { aCascade, attemptsOf, large, refusal, send } from './a-cascade.ts';

describe('a cascade whose answer is streamed', () => {
  const stream = { stream: true, stream_options: { include_usage: true } };

  it('holds the stream until it is accepted, then sends it as it came', async () => {
    const said = aChatStream('Paris ', 'it is.');
    const { url } = await aCascade({ min_characters: 5 }, { small: (res) => send(res, said), large });
    const text = await (await postChat(url, stream)).text();
    expect(text.replaceAll(': keep-alive\n\n', '')).toBe(said);
  });

  it('sends nothing of a rejected stream, and bills it', async () => {
    const { url, context } = await aCascade(
      { no_refusal: true },
      { small: (res) => send(res, aChatStream(refusal)), large: (res) => send(res, aChatStream('Good.')) },
    );
    const text = await (await postChat(url, stream)).text();
    expect(text).toContain('Good.');
    expect(text).not.toContain('sorry');
    expect(attemptsOf(await context.log.next())).toMatchObject([
      { outcome: 'rejected', usage: { output_tokens: 20 } },
      { outcome: 'served' },
    ]);
  });

  it('moves on where the held stream breaks off', async () => {
    const { url } = await aCascade(
      { min_characters: 1 },
      {
        small: (res) => {
          sendEvents(res, roleChunk + chunk({ content: 'Half an ans' }));
          res.end();
        },
        large: (res) => send(res, aChatStream('Whole.')),
      },
    );
    const text = await (await postChat(url, stream)).text();
    expect(text).toContain('Whole.');
    expect(text).not.toContain('Half');
  });

  it('keeps the client’s connection alive meanwhile', async () => {
    let begun: (res: ServerResponse) => void = () => {};
    const streaming = new Promise<ServerResponse>((resolve) => {
      begun = resolve;
    });
    const { url } = await aCascade(
      { min_characters: 1 },
      {
        small: (res) => {
          sendEvents(res, roleChunk + chunk({ content: 'Paris' }));
          begun(res);
        },
      },
    );
    const response = await postChat(url, stream);
    const reader = response.body?.getReader();
    const first = await reader?.read();
    // One, or several where they were read late.
    expect(Buffer.from(first?.value ?? []).toString()).toMatch(/^(: keep-alive\n\n)+$/);
    // The first may come before the upstream has even heard the question.
    (await streaming).end(chunk({}, 'stop') + doneFrame);
    let rest = '';
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read())
      rest += Buffer.from(read.value).toString();
    expect(rest).toContain('Paris');
  });

  it('reads a stream in Anthropic’s dialect too', async () => {
    const { url, models } = await aCascade(
      { no_refusal: true },
      { small: (res) => send(res, aChatStream(refusal)), large: (res) => send(res, aChatStream('Good.')) },
    );
    const text = await (await postMessage(url, { stream: true })).text();
    expect(text).toContain('Good.');
    expect(text).not.toContain('sorry');
    expect(models()).toEqual(['small', 'large']);
  });

  it.each(['/v1/responses', '/v1beta/models/auto:streamGenerateContent?alt=sse'])(
    'and at %s',
    async (path) => {
      const { url, models } = await aCascade(
        { no_refusal: true },
        { small: (res) => send(res, aChatStream(refusal)), large: (res) => send(res, aChatStream('Good.')) },
      );
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${testSecret}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...(path.includes('beta') ? { contents: [{ role: 'user', parts: [{ text: 'Hello' }] }] } : {}),
          ...(path.includes('responses') ? { model: 'auto', input: 'Hello', stream: true } : {}),
        }),
      });
      const text = await response.text();
      expect(text).toContain('Good.');
      expect(text).not.toContain('sorry');
      expect(models()).toEqual(['small', 'large']);
    },
  );
});

describe('a cascade of completions', () => {
  it('reads their own form of stream', async () => {
    const legacy = (text: string) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, text, finish_reason: 'stop' }] })}\n\n${doneFrame}`;
    const { url, models } = await aCascade(
      { no_refusal: true },
      { small: (res) => send(res, legacy(refusal)), large: (res) => send(res, legacy('Good.')) },
    );
    const response = await fetch(`${url}/v1/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${testSecret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'auto', prompt: 'Hello', stream: true }),
    });
    expect(await response.text()).toContain('Good.');
    expect(models()).toEqual(['small', 'large']);
  });
});
