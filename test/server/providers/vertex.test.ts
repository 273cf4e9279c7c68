import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testSecret } from '../support/fakes.ts';
import { anUpstream, sendEvents, sendJson } from '../support/servers.ts';
import { blockStart, messageEvent, messageStart, postChat, textDelta } from '../support/wire.ts';
import { aProvider, sendWire } from './support.ts';

/** Credentials of Google's that are exchanged for an access token at a server of the test's. */
async function someCredentials(answer: { readonly status: number; readonly body: object }) {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-vertex-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const sts = await anUpstream((res) => sendJson(res, answer.status, answer.body));
  const subject = join(folder, 'subject.jwt');
  writeFileSync(subject, 'a.subject.token');
  const credentialsFile = join(folder, 'credentials.json');
  const credentials = {
    type: 'external_account',
    audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/test',
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${sts.url}/v1/token`,
    credential_source: { file: subject },
  };
  writeFileSync(credentialsFile, JSON.stringify(credentials));
  return { sts, google: { project: 'my-project', location: 'europe-west1', credentialsFile } };
}

const token = {
  access_token: 'ya29.test',
  issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  token_type: 'Bearer',
  expires_in: 3600,
};
const place = '/v1/projects/my-project/locations/europe-west1';
const hello = [{ role: 'user' as const, content: 'Hello' }];

async function aVertex(answer: Parameters<typeof aProvider>[1]) {
  const { sts, google } = await someCredentials({ status: 200, body: token });
  return { sts, ...(await aProvider({ kind: 'vertex', apiKey: null, google }, answer)) };
}

describe('Vertex', () => {
  it('exchanges its credentials for a token once, and calls Gemini with it', async () => {
    const { openai, upstream, sts } = await aVertex((res) => sendWire(res, 'gemini/text.json'));
    const model = 'up/gemini-3.5-flash';
    const answer = await openai.chat.completions.create({ model, messages: hello });
    await openai.chat.completions.create({ model, messages: hello });
    expect(answer.choices[0]?.message.content).toBe('Bonjour.');
    expect(upstream.seen[0]).toMatchObject({
      url: `${place}/publishers/google/models/gemini-3.5-flash:generateContent`,
      headers: { authorization: 'Bearer ya29.test' },
    });
    expect(upstream.seen[0]?.headers['x-goog-api-key']).toBeUndefined();
    expect(sts.seen).toHaveLength(1);
    expect(sts.seen[0]?.body).toContain('a.subject.token');
  });

  it('passes a Google client’s bytes on to the project’s Gemini', async () => {
    const { url, upstream } = await aVertex((res) => sendWire(res, 'gemini/text.sse'));
    const body = '{"contents":[{"role":"user","parts":[{"text":"Hi"}]}],"labels":{"a":"b"}}';
    const response = await fetch(`${url}/v1beta/models/up%2Fgemini-3.5-flash:streamGenerateContent?alt=sse`, {
      method: 'POST',
      headers: { 'x-goog-api-key': testSecret },
      body,
    });
    expect(await response.text()).toContain('jour.');
    expect(upstream.seen[0]).toMatchObject({
      url: `${place}/publishers/google/models/gemini-3.5-flash:streamGenerateContent?alt=sse`,
      body,
    });
  });

  it('gives Anthropic’s models an Anthropic client’s own bytes, with version and flags as Vertex wants them', async () => {
    const { url, upstream, context } = await aVertex((res) => {
      sendEvents(res, `${messageStart}${blockStart}${textDelta('Bonjour.')}`);
      res.end(
        messageEvent('content_block_stop', { index: 0 }) +
          messageEvent('message_delta', {
            delta: { stop_reason: 'end_turn', stop_sequence: null },
            usage: { output_tokens: 9 },
          }) +
          messageEvent('message_stop'),
      );
    });
    const response = await fetch(`${url}/v1/messages?beta=true`, {
      method: 'POST',
      headers: {
        'x-api-key': testSecret,
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'context-1m-2025-08-07, web-search-2025-03-05',
      },
      body: '{"model":"up/claude-opus-4-7@default","max_tokens":10,"stream":true,"messages":[{"role":"user","content":"Hi"}]}',
    });
    expect(await response.text()).toContain('Bonjour.');
    expect(upstream.seen[0]).toMatchObject({
      url: `${place}/publishers/anthropic/models/claude-opus-4-7@default:streamRawPredict`,
      body: '{"max_tokens":10,"stream":true,"messages":[{"role":"user","content":"Hi"}],"anthropic_version":"vertex-2023-10-16"}',
      headers: { 'anthropic-beta': 'context-1m-2025-08-07' },
    });
    expect(await context.log.next()).toMatchObject({
      'outcome.dropped': ['anthropic-beta.web-search-2025-03-05'],
    });
  });

  it('counts tokens for Anthropic’s models, and has them estimated for Gemini', async () => {
    const { anthropic, upstream } = await aVertex((res) => sendJson(res, 200, { input_tokens: 42 }));
    const count = await anthropic.messages.countTokens({
      model: 'up/claude-opus-4-7@default',
      messages: hello,
    });
    expect(count.input_tokens).toBe(42);
    expect(upstream.seen[0]?.url).toBe(`${place}/publishers/anthropic/models/count-tokens:rawPredict`);
    expect(JSON.parse(upstream.seen[0]?.body ?? '')).toMatchObject({ model: 'claude-opus-4-7@default' });
    await anthropic.messages.countTokens({ model: 'up/gemini-3.5-flash', messages: hello });
    expect(upstream.seen).toHaveLength(1);
  });

  it('reaches other publishers by its Chat Completions endpoint', async () => {
    const { openai, upstream } = await aVertex((res) => sendWire(res, 'azure/text.json'));
    await openai.chat.completions.create({
      model: 'up/meta/llama-4-maverick-17b-128e-instruct-maas',
      messages: hello,
    });
    expect(upstream.seen[0]?.url).toBe(`${place}/endpoints/openapi/chat/completions`);
    expect(JSON.parse(upstream.seen[0]?.body ?? '').model).toBe(
      'meta/llama-4-maverick-17b-128e-instruct-maas',
    );
  });

  it('says what Google said when it gives no token', async () => {
    const { google } = await someCredentials({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The subject token has expired.' },
    });
    const { url, upstream, context } = await aProvider({ kind: 'vertex', apiKey: null, google }, () => {});
    await postChat(url, { model: 'up/gemini-3.5-flash' });
    expect(upstream.seen).toEqual([]);
    expect(await context.log.next()).toMatchObject({ 'outcome.error': 'auth' });
    const [vertex] = context.providers.list();
    const checks = await vertex?.check({ stopped: false, onStop: () => {} });
    expect(checks).toMatchObject([
      { state: 'refused', message: expect.stringContaining('The subject token has expired.') },
    ]);
  });
});
