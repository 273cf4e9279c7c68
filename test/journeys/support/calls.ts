import { expect } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';

/** Where a call goes, and with which key. */
interface Door {
  readonly url: string;
  readonly key: string;
}

/** One chat request through the gateway, whose answer has been read whole. */
export async function askGateway(
  { url, key }: Door,
  content: string,
  model = 'auto',
): Promise<{ readonly status: number; readonly headers: Headers; readonly text: string }> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The answer of a call of the studio's, which has to be a success. */
// biome-ignore lint/suspicious/noExplicitAny: tests state what they expect of an answer.
export async function callApi(url: string, method: string, path: string, body?: object): Promise<any> {
  const response = await fetch(`${url}/api${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  expect(response.status, `${method} ${path}: ${text}`).toBeLessThan(300);
  return text === '' ? undefined : JSON.parse(text);
}

/** The draft of a policy as the server holds it. */
export async function draftOf(url: string, id: string): Promise<Policy> {
  return (await callApi(url, 'GET', `/policies/${id}`)).policy;
}

/** Whether the log has a request by now; its row. */
export async function recordOf(url: string, id: string): Promise<Readonly<Record<string, unknown>>> {
  const place = `${url}/api/records/${id}`;
  await expect.poll(async () => (await fetch(place)).status).toBe(200);
  return (await (await fetch(place)).json()).record;
}
