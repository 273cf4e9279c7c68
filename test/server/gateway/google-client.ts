import { readFileSync } from 'node:fs';
import { GoogleGenAI } from '@google/genai';
import { aContext, type ContextWishes } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream } from '../support/servers.ts';
import { aDirectoryOf } from '../support/speaking-provider.ts';

export const mini = 'openai/gpt-5-mini';

export const flash = 'google/gemini-2.5-flash';

export function fixture(name: string): string {
  return readFileSync(new URL(`../dialects/fixtures/${name}`, import.meta.url), 'utf8');
}

export async function anInstallation(answer: Parameters<typeof anUpstream>[0], wishes: ContextWishes = {}) {
  const upstream = await anUpstream(answer);
  const context = aContext({
    upstreams: [{ id: 'openai', kind: 'openai', baseUrl: upstream.url }],
    policies: { auto: { entry: 'm', nodes: { m: { kind: 'model', target: mini } } } },
    ...wishes,
  });
  const url = await aGateway(context);
  const client = new GoogleGenAI({ apiKey: testSecret, httpOptions: { baseUrl: url } });
  return { upstream, context, url, client, body: () => JSON.parse(upstream.seen.at(-1)?.body ?? '') };
}

/** The same in front of an upstream that speaks generateContent. */
export async function aGoogleInstallation(
  answer: Parameters<typeof anUpstream>[0],
  wishes: ContextWishes = {},
) {
  const google = await anUpstream(answer);
  const installation = await anInstallation(() => {}, {
    providers: aDirectoryOf('google', google.url, ['google-generate']),
    ...wishes,
  });
  return { ...installation, upstream: google };
}

export function post(url: string, path: string, headers: Record<string, string> = {}, body: object = {}) {
  const contents = [{ role: 'user', parts: [{ text: 'Hello' }] }];
  return fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ contents, ...body }),
  });
}

export const key = { 'x-goog-api-key': testSecret };
