import { describe, expect, it } from 'vitest';
import type { ErrorClass } from '#engine/nodes/index.ts';
import type { Dialect } from '#engine/signals/index.ts';
import { dialects } from '#server/dialects/index.ts';
import { readAnthropicProblem, readOpenAiProblem } from '#server/dialects/translate/index.ts';
import { classOfProblem } from '#server/gateway/problem-class.ts';
import { aContext } from '../server/support/context.ts';
import { aGateway, anUpstream, sendJson } from '../server/support/servers.ts';
import { aDirectoryOf } from '../server/support/speaking-provider.ts';
import { ask, type Client, clients } from './clients.ts';
import { anthropic } from './problems/anthropic.ts';
import { google } from './problems/google.ts';
import { openai } from './problems/openai.ts';

describe('why a provider said no', () => {
  it.each(openai)('%s (%i)', (_who, status, body, expected) => {
    expect(dialects['openai-chat'].classifyError(status, body)).toBe(expected);
  });
  it.each(anthropic)('%s (%i)', (_who, status, body, expected) => {
    expect(dialects['anthropic-messages'].classifyError(status, body)).toBe(expected);
  });
  it.each(google)('%s (%i)', (_who, status, body, expected) => {
    expect(dialects['google-generate'].classifyError(status, body)).toBe(expected);
  });

  it.each(openai)('%s (%i), to a client of another dialect', (_who, status, body, expected) => {
    const problem = readOpenAiProblem(body, status);
    if (problem !== undefined) expect(classOfProblem(problem)).toBe(expected);
  });
  it.each(anthropic)('%s (%i), to a client of another dialect', (_who, status, body, expected) => {
    const problem = readAnthropicProblem(body, status);
    expect(problem && classOfProblem(problem)).toBe(expected);
  });
});

/** A provider's no on its way to clients of every dialect. */
const carried: readonly (readonly [keyof typeof clients, Dialect, string, number, unknown, ErrorClass])[] = (
  [
    ['openai-chat', 'openai-chat', openai],
    ['anthropic-messages', 'openai-chat', openai],
    ['google-generate', 'openai-chat', openai],
    ['openai-responses', 'anthropic-messages', anthropic],
    ['anthropic-messages', 'anthropic-messages', anthropic],
    ['openai-completions', 'anthropic-messages', anthropic],
    ['google-generate', 'google-generate', google],
  ] as const
).flatMap(([client, dialect, list]) => list.map((one) => [client, dialect, ...one] as const));

/** A client of another dialect hears no words that may hold our key. */
const keepsWords = (error: ErrorClass) => error !== 'auth';

/** What goes through as it is: an error as all dialects have it. */
const isErrorObject = (body: unknown) => JSON.stringify(body).includes('"error":{');

describe('a client', () => {
  it.each(carried)(
    'of %s, its upstream speaking %s, hears of “%s” (%i)',
    async (name, dialect, _who, status, body, error) => {
      const upstream = await anUpstream((res) =>
        sendJson(res, status, body as object, { 'retry-after': '9' }),
      );
      const context = aContext({
        providers: aDirectoryOf('up', upstream.url, [dialect]),
        policies: { auto: { entry: 'm', nodes: { m: { kind: 'model', target: 'up/m' } } } },
      });
      const client: Client = clients[name];
      const response = await ask(await aGateway(context), client, false);
      const wire: unknown = await response.json();
      if (name === dialect && isErrorObject(body) && keepsWords(error)) expect(wire).toEqual(body);
      else expect(client.problemIn(wire) ?? '').not.toBe('');
      expect(response.status).toBeGreaterThanOrEqual(400);
      if (status >= 400 && keepsWords(error)) expect(response.status).toBe(status);
      if (status >= 400 && keepsWords(error)) expect(response.headers.get('retry-after')).toBe('9');
      expect(response.headers.get('x-waybill-request-id')).toBe('r-1');
      expect(await context.log.next()).toMatchObject({
        'outcome.status': 'failed',
        'outcome.error': error,
        'outcome.http_status': response.status,
      });
    },
  );
});
