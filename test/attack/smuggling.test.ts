import { describe, expect, it } from 'vitest';
import { aServer } from '../server/api/a-server.ts';
import { adminToken, anAttackedServer, hello, ours, theirs } from './a-target.ts';
import { aRequest, sendRaw } from './raw-request.ts';

const body = JSON.stringify(hello);
const path = '/v1/chat/completions';
const bearer = `Authorization: Bearer ${ours}`;
const json = 'Content-Type: application/json';
const hidden = aRequest('GET', '/api/keys', [`Authorization: Bearer ${adminToken}`]);

describe('a request with two ends', () => {
  it.each([
    ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['two lengths', [`Content-Length: ${body.length}`, 'Content-Length: 0']],
    ['two lengths in one', [`Content-Length: ${body.length}, 0`]],
    ['a length with a sign', [`Content-Length: +${body.length}`]],
    ['chunks that are not the last coding', ['Transfer-Encoding: chunked, identity']],
    ['a coding that nobody knows', ['Transfer-Encoding: xchunked']],
    ['a space before the colon', [`Content-Length : ${body.length}`]],
    ['a folded line', ['Transfer-Encoding:', ' chunked']],
    ['a line that ends in CR alone', [`X-Note: a\rContent-Length: ${body.length}`]],
  ])('is refused, and nothing behind it is read: %s', async (_, headers) => {
    const { base, upstream, log } = await anAttackedServer();
    const bytes = aRequest('POST', path, [bearer, json, ...headers], `0\r\n\r\n${hidden}`);
    const { statuses } = await sendRaw(base, bytes);
    expect(statuses).toEqual([400]);
    expect(upstream.seen).toEqual([]);
    const { records } = await log.page({ limit: 10 });
    expect(records.filter((record) => record['outcome.status'] === 'served')).toEqual([]);
  });
});

describe('headers that come twice', () => {
  it.each([
    ['two bearers', [bearer, `Authorization: Bearer ${theirs}`]],
    ['the same bearer twice', [bearer, bearer]],
    ['two x-api-keys', [`X-Api-Key: ${ours}`, `X-Api-Key: ${theirs}`]],
  ])('are not chosen between: %s', async (_, headers) => {
    const { base, upstream } = await anAttackedServer();
    const bytes = aRequest('POST', path, [...headers, json, `Content-Length: ${body.length}`], body);
    const { statuses } = await sendRaw(base, bytes);
    expect(statuses.every((status) => status === 400 || status === 401)).toBe(true);
    expect(statuses).toHaveLength(1);
    expect(upstream.seen).toEqual([]);
  });

  it('are not chosen between at the API either', async () => {
    const { base } = await anAttackedServer();
    const admin = `Authorization: Bearer ${adminToken}`;
    const { statuses } = await sendRaw(
      base,
      aRequest('GET', '/api/keys', ['Authorization: Bearer guess', admin]),
    );
    expect(statuses).toEqual([401]);
  });
});

describe('two hosts', () => {
  it('are no way past the check of names', async () => {
    const { base } = await aServer();
    const twice = (first: string, second: string) =>
      sendRaw(
        base,
        `GET /api/keys HTTP/1.1\r\nHost: ${first}\r\nHost: ${second}\r\nConnection: close\r\n\r\n`,
      );
    for (const answer of [
      await twice('127.0.0.1', 'evil.example'),
      await twice('evil.example', '127.0.0.1'),
    ]) {
      expect(answer.statuses).toHaveLength(1);
      expect([400, 403]).toContain(answer.statuses[0]);
    }
  });
});

describe('headers beyond all measure', () => {
  it.each([
    ['one long header', [`X-Note: ${'a'.repeat(200_000)}`]],
    ['many headers', Array.from({ length: 5_000 }, (_, index) => `X-Note-${index}: ${'a'.repeat(40)}`)],
    ['a long key', [`Authorization: Bearer ${'a'.repeat(100_000)}`]],
  ])('are 431: %s', async (_, headers) => {
    const { base } = await anAttackedServer();
    const { statuses } = await sendRaw(base, aRequest('GET', '/v1/models', headers));
    expect(statuses).toEqual([431]);
  });

  it('leave the server answering', async () => {
    const { base, ask } = await anAttackedServer();
    await sendRaw(base, aRequest('GET', `/v1/${'a'.repeat(100_000)}`, [bearer]));
    expect((await ask(hello)).status).toBe(200);
  });
});

describe('what is written into a reply', () => {
  it('holds no line of the attacker’s: names with line ends make no headers', async () => {
    const { ask } = await anAttackedServer();
    const answer = await ask({
      ...hello,
      model: 'openai/gpt\r\nset-cookie: a=b\r\n\r\n<script>',
      'x\r\nset-cookie: c=d': 1,
    });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });
});
