import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { readBody } from '#server/gateway/read-body.ts';
import { aContext, type ContextWishes } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, listen } from '../support/servers.ts';
import { postChat, postMessage } from '../support/wire.ts';

const policies = { auto: { entry: 'm', nodes: { m: { kind: 'model', target: 'openai/gpt-5-mini' } } } };

async function anInstallation(wishes: ContextWishes = {}) {
  const context = aContext({ policies, ...wishes });
  return { context, url: await aGateway(context) };
}

interface OpenaiError {
  readonly error: { message: string; type: string; param: string | null; code: string };
}

async function errorOf(response: Response) {
  return ((await response.json()) as OpenaiError).error;
}

describe('requests that cannot be served', () => {
  it('asks for a key in the client’s own dialect', async () => {
    const { url, context } = await anInstallation();
    const chat = await postChat(url, {}, { headers: { authorization: '' } });
    expect(chat.status).toBe(401);
    expect(await errorOf(chat)).toMatchObject({
      type: 'authentication_error',
      code: 'missing_key',
      param: null,
    });
    expect(chat.headers.get('x-waybill-request-id')).toBe('r-1');
    const message = await postMessage(url, {}, { headers: { authorization: '' } });
    expect(message.status).toBe(401);
    expect(await message.json()).toMatchObject({
      type: 'error',
      error: { type: 'authentication_error' },
      request_id: 'r-2',
    });
    expect(context.log.records).toEqual([]);
  });

  it('refuses a key it does not know', async () => {
    const { url } = await anInstallation();
    const response = await postChat(url, {}, { headers: { authorization: 'Bearer sk-openai' } });
    expect(response.status).toBe(401);
    expect((await errorOf(response)).code).toBe('invalid_key');
  });

  it('takes the key from x-api-key too', async () => {
    const { url } = await anInstallation();
    const response = await postMessage(url, {}, { headers: { authorization: '', 'x-api-key': testSecret } });
    expect(response.status).toBe(200);
  });

  it('says where the JSON is broken', async () => {
    const { url, context } = await anInstallation();
    const response = await postChat(url, {}, { body: '{"model": "auto",\n "messages": [}' });
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({
      code: 'invalid_json',
      message: 'The body is not JSON: value expected at line 2, column 15.',
    });
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'refused',
      'outcome.error': 'invalid_json',
      'outcome.http_status': 400,
      'caller.team': 'search',
      'request.bytes': 33,
      'request.model': null,
    });
  });

  it.each([
    ['[]', 'JSON object', null],
    ['{"messages":[{"role":"user","content":"x"}]}', '"model" must be', 'model'],
    ['{"model":"auto"}', '"messages" must be', 'messages'],
    ['', 'The body is empty', null],
  ])('says what is missing in %j', async (body, message, param) => {
    const { url } = await anInstallation();
    const response = await postChat(url, {}, { body });
    expect(response.status).toBe(400);
    const error = await errorOf(response);
    expect(error.message).toContain(message);
    expect(error.param).toBe(param);
  });

  it('names what exists where a model does not', async () => {
    const { url, context } = await anInstallation();
    const response = await postChat(url, { model: 'autoo' });
    expect(response.status).toBe(404);
    const error = await errorOf(response);
    expect(error).toMatchObject({ code: 'model_not_found', param: 'model' });
    expect(error.message).toContain('Did you mean "auto"?');
    expect(error.message).toContain('"policy/auto@1"');
    expect(await context.log.next()).toMatchObject({
      'outcome.error': 'model_not_found',
      'request.model': 'autoo',
      'outcome.status': 'refused',
    });
  });

  it('finds the model meant by a name without its provider', async () => {
    const { url } = await anInstallation();
    const error = await errorOf(await postChat(url, { model: 'gpt-5-mini' }));
    expect(error.message).toContain('Did you mean "openai/gpt-5-mini"?');
  });

  it('refuses a body that says it is too large, and one that is without saying so', async () => {
    const { url, context } = await anInstallation({ maxBodyBytes: 1_000 });
    const content = 'x'.repeat(2_000);
    const stated = await postChat(url, { messages: [{ role: 'user', content }] });
    expect(stated.status).toBe(413);
    expect((await errorOf(stated)).code).toBe('body_too_large');
    const unstated = await new Promise<number | undefined>((resolve, reject) => {
      const req = request(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${testSecret}`, 'transfer-encoding': 'chunked' },
      });
      req.on('response', (res) => resolve(res.resume().statusCode));
      req.on('error', reject);
      req.end(content);
    });
    expect(unstated).toBe(413);
    expect(context.log.records.map((record) => record['outcome.error'])).toEqual([
      'body_too_large',
      'body_too_large',
    ]);
  });

  it('does not wait for ever for the rest of a body', async () => {
    const answer = new Promise((resolve) => {
      void listen(async (req, res) => res.end(JSON.stringify(await readBody(req, 1_000, 20)))).then((url) => {
        const req = request(url, { method: 'POST', headers: { 'content-length': '100' } });
        req.on('response', async (res) => resolve(JSON.parse(Buffer.concat(await res.toArray()).toString())));
        req.on('error', () => {});
        req.write('{"half":');
      });
    });
    expect(await answer).toMatchObject({ status: 408, code: 'body_too_slow' });
  });

  it('records a client that leaves in the middle of its body', async () => {
    const { url, context } = await anInstallation();
    const req = request(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${testSecret}`, 'content-length': '100', expect: '100-continue' },
    });
    req.on('error', () => {});
    req.on('continue', () => req.write('{"half":', () => req.destroy()));
    req.flushHeaders();
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'abandoned',
      'outcome.http_status': 499,
      'caller.key': 'ci',
    });
  });

  it('refuses a compressed body', async () => {
    const { url } = await anInstallation();
    const response = await postChat(url, {}, { headers: { 'content-encoding': 'gzip' } });
    expect(response.status).toBe(415);
  });

  it('knows its methods and paths', async () => {
    const { url } = await anInstallation();
    const method = await fetch(`${url}/v1/chat/completions`);
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'POST']);
    const path = await fetch(`${url}/v1/audio`);
    expect(path.status).toBe(404);
    expect((await errorOf(path)).message).toContain('POST /v1/chat/completions');
    const model = await fetch(`${url}/v1/models/nope`, {
      headers: { authorization: `Bearer ${testSecret}` },
    });
    expect(model.status).toBe(404);
    expect((await fetch(`${url}/v1/models`)).status).toBe(401);
  });

  it('gives a refusing node’s status, code and words, at no cost', async () => {
    const refuse = { kind: 'refuse', status: 402, code: 'over_budget', message: 'The budget is used up.' };
    const { url, context } = await anInstallation({
      policies: { auto: { entry: 'r', nodes: { r: refuse } } },
    });
    const response = await postChat(url);
    expect(response.status).toBe(402);
    expect(await errorOf(response)).toMatchObject({ code: 'over_budget', message: 'The budget is used up.' });
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'refused',
      'outcome.error': 'over_budget',
      'decision.path': 'r',
      'decision.targets': [],
      'cost.nano_usd': 0,
      'usage.source': 'none',
    });
  });

  it('answers 500 with the request’s id where the gateway itself fails, and records that', async () => {
    const { url, context } = await anInstallation({
      plans: {
        resolve: () => {
          throw new Error('a bug');
        },
        planOf: () => undefined,
        aliases: () => [],
      },
    });
    const response = await postChat(url);
    expect(response.status).toBe(500);
    expect((await errorOf(response)).code).toBe('internal_error');
    expect(await context.log.next()).toMatchObject({
      'outcome.status': 'failed',
      'outcome.error': 'internal_error',
    });
  });
});
