import type { ServerResponse } from 'node:http';
import type { Context } from '#server/context.ts';
import { readShipped } from '../../policies/play-cases.ts';
import { aContext, type ContextWishes } from '../support/context.ts';
import { type MemoryLog, testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, type SeenRequest, sendEvents, sendJson } from '../support/servers.ts';
import { aChatStream, aCompletion } from '../support/wire.ts';

/** What a vendor of a story was asked. */
export interface Asked {
  readonly model: string;
  readonly stream: boolean;
  readonly body: string;
  readonly headers: SeenRequest['headers'];
}
export type Vendor = (res: ServerResponse, asked: Asked) => void;

/** Answers whatever is asked, at once. */
export const well: Vendor = (res, { stream }) => {
  if (!stream) return sendJson(res, 200, aCompletion('Here you are.'));
  sendEvents(res, aChatStream('Here ', 'you are.'));
  res.end();
};

/** An error of the vendor's. */
export function failing(status: number, headers: Record<string, string> = {}): Vendor {
  return (res) => sendJson(res, status, { error: { message: 'Not now.', type: 'error' } }, headers);
}

export interface Story {
  readonly context: Context & { readonly log: MemoryLog };
  /** Every call that reached a vendor, in order, as `vendor/model`. */
  readonly calls: string[];
  readonly asked: Asked[];
  /** Replaces how a vendor behaves from now on. */
  readonly turn: (vendor: string, behaviour: Vendor) => void;
  /** Asks the gateway as a chat client. */
  readonly ask: (body?: object, headers?: Readonly<Record<string, string>>) => Promise<Response>;
  /** The clock moves on, ms. */
  readonly wait: (ms: number) => void;
}

const vendors = ['openai', 'anthropic', 'google', 'groq', 'cerebras', 'mistral', 'deepseek'];

/** A shipped policy behind the real gateway, in front of vendors on this machine, on a clock that only the story moves. */
export async function aStory(
  policy: string,
  {
    providers = {},
    ...wishes
  }: Omit<ContextWishes, 'providers'> & {
    readonly providers?: Readonly<Record<string, Partial<NonNullable<ContextWishes['upstreams']>[number]>>>;
  } = {},
): Promise<Story> {
  const behaviour = new Map<string, Vendor>();
  const calls: string[] = [];
  const asked: Asked[] = [];
  const upstreams = await Promise.all(
    vendors.map(async (id) => {
      const upstream = await anUpstream((res, { body, headers }) => {
        const { model, stream } = JSON.parse(body);
        calls.push(`${id}/${model}`);
        asked.push({ model, stream: stream === true, body, headers });
        (behaviour.get(id) ?? well)(res, { model, stream: stream === true, body, headers });
      });
      return { id, kind: 'openai-compatible' as const, baseUrl: `${upstream.url}/v1`, ...providers[id] };
    }),
  );
  // A Wednesday at noon.
  let now = Date.UTC(2026, 10, 25, 12);
  const { entry, nodes } = readShipped(policy);
  if (entry === null) throw new Error(`${policy} has no entry.`);
  const context = aContext({
    ...wishes,
    policies: { [policy]: { entry, nodes } },
    upstreams,
    sandboxOff: true,
    clock: () => now,
  });
  const url = await aGateway(context);
  return {
    context,
    calls,
    asked,
    turn: (vendor, how) => behaviour.set(vendor, how),
    ask: (body = {}, headers = {}) =>
      fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${testSecret}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({
          model: policy,
          messages: [{ role: 'user', content: 'Hello there' }],
          ...body,
        }),
      }),
    wait: (ms) => {
      now += ms;
    },
  };
}

/** The target that answered. */
export async function targetOf(response: Promise<Response>): Promise<string | null> {
  const answered = await response;
  await answered.arrayBuffer();
  return answered.headers.get('x-waybill-target');
}

export function says(content: unknown): object {
  return { messages: [{ role: 'user', content }] };
}
