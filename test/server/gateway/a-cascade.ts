import type { ServerResponse } from 'node:http';
import type { RequestRecord } from '#engine/signals/index.ts';
import { aContext } from '../support/context.ts';
import { aGateway, anUpstream, type SeenRequest, sendEvents, sendJson } from '../support/servers.ts';
import { aCompletion } from '../support/wire.ts';

export type Answers = Readonly<Record<string, (res: ServerResponse, seen: SeenRequest) => void>>;

/** A gateway whose cascade asks `up/small` first, then `up/large`; each answers as the test says. */
export async function aCascade(accept: object, answers: Answers, more: object = {}) {
  const upstream = await anUpstream((res, seen) => {
    const { model } = JSON.parse(seen.body);
    answers[model]?.(res, seen);
  });
  const context = aContext({
    policies: {
      auto: {
        entry: 'try',
        nodes: {
          try: { kind: 'cascade', first: 'small', then: 'large', accept, ...more },
          small: { kind: 'model', target: 'up/small' },
          large: { kind: 'model', target: 'up/large' },
        },
      },
    },
    upstreams: [{ id: 'up', kind: 'openai-compatible', baseUrl: `${upstream.url}/v1` }],
    patience: { headersMs: 5, heartbeatMs: 5 },
  });
  const models = () => upstream.seen.map(({ body }) => JSON.parse(body).model as string);
  return { upstream, context, models, url: await aGateway(context) };
}

export function says(text: string, different: object = {}): Answers[string] {
  return (res) => {
    const whole = aCompletion(text);
    const choices = whole.choices.map((choice) => ({ ...choice, ...different }));
    sendJson(res, 200, { ...whole, choices });
  };
}

export const large = says('Here is a long and careful answer.');

export const refusal = 'I’m sorry, but I can’t help with that.';

export async function contentOf(response: Response): Promise<string> {
  const body = (await response.json()) as { choices: [{ message: { content: string } }] };
  return body.choices[0].message.content;
}

export function attemptsOf(record: RequestRecord) {
  return JSON.parse(record['outcome.attempts']) as Record<string, unknown>[];
}

export function send(res: ServerResponse, bytes: string): void {
  sendEvents(res, bytes);
  res.end();
}
