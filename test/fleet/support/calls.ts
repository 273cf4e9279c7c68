/** The answer of a call to a gateway's API, as JSON. Throws with the body when it is not a success. */
// biome-ignore lint/suspicious/noExplicitAny: tests state what they expect of a body.
export async function api(url: string, method: string, path: string, body?: unknown): Promise<any> {
  const response = await fetch(`${url}/api${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

export interface Answer {
  /** 0 where there was none. */
  readonly status: number;
  readonly version: string;
  readonly text: string;
}

/** Asks a model; never throws. */
export async function ask(url: string, secret: string, body: object): Promise<Answer> {
  try {
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ messages: [{ role: 'user', content: 'How do I get there?' }], ...body }),
    });
    const text = await response.text();
    return { status: response.status, version: response.headers.get('x-waybill-version') ?? '', text };
  } catch (cause) {
    return { status: 0, version: '', text: String(cause) };
  }
}

/** Asks again and again until it is so, for a minute at most. */
export async function until<T>(read: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const value = await read();
    if (isSo(value)) return value;
    if (Date.now() > deadline) throw new Error(`It did not come about: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A number that a gateway tells Prometheus. */
export async function metric(url: string, line: RegExp): Promise<number> {
  return Number(line.exec(await (await fetch(`${url}/metrics`)).text())?.[1]);
}

/** Whether it takes requests; one that is not there does not. */
export function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
