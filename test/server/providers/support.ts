import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { ProviderSetting } from '#server/config/config.ts';
import { aContext } from '../support/context.ts';
import { testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, type SeenRequest } from '../support/servers.ts';

/** A fixture's bytes: `gemini/text.sse`. `.frames` come as AWS's binary event stream. */
export function wire(name: string): Buffer {
  const bytes = readFileSync(join(import.meta.dirname, 'wire', name));
  return name.endsWith('.frames') ? frames(bytes.toString('utf8')) : bytes;
}

const contentTypes: Readonly<Record<string, string>> = {
  json: 'application/json; charset=UTF-8',
  sse: 'text/event-stream',
  frames: 'application/vnd.amazon.eventstream',
};

/** Answers with a fixture, in pieces of this many bytes. */
export function sendWire(
  res: ServerResponse,
  name: string,
  {
    status = 200,
    headers = {},
    piece = 50_000,
  }: { status?: number; headers?: Record<string, string>; piece?: number } = {},
): void {
  const bytes = wire(name);
  const type = contentTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain';
  res.writeHead(status, { 'content-type': type, ...headers });
  for (let at = 0; at < bytes.length; at += piece) res.write(bytes.subarray(at, at + piece));
  res.end();
}

/** A gateway before one provider that answers as the test says, and clients of both families. */
export async function aProvider(
  setting: Pick<ProviderSetting, 'kind'> & Partial<ProviderSetting> & { readonly path?: string },
  answer: (res: ServerResponse, seen: SeenRequest, turn: number) => void,
) {
  const { path = '', ...rest } = setting;
  const upstream = await anUpstream(answer);
  const context = aContext({
    upstreams: [{ id: 'up', baseUrl: upstream.url + path, ...rest }],
    sandboxOff: true,
  });
  const url = await aGateway(context);
  const options = { apiKey: testSecret, maxRetries: 0 };
  return {
    upstream,
    context,
    url,
    openai: new OpenAI({ ...options, baseURL: `${url}/v1` }),
    anthropic: new Anthropic({ ...options, baseURL: url }),
    /** The body of the n-th call upstream. */
    // biome-ignore lint/suspicious/noExplicitAny: tests state what they expect of a body.
    sent: (turn = 0): any => JSON.parse(upstream.seen[turn]?.body ?? 'null'),
  };
}

export const weather = {
  name: 'weather',
  description: 'The weather of a city.',
  schema: { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] },
};

function frames(lines: string): Buffer {
  return eventStream(
    lines
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}

/** Messages of `[type, payload]` as AWS's binary event stream; a `!` before the type makes one an exception. */
export function eventStream(messages: readonly (readonly [type: string, payload: object])[]): Buffer {
  return Buffer.concat(messages.map(([type, payload]) => frame(type, payload)));
}

function frame(type: string, payload: object): Buffer {
  const exception = type.startsWith('!');
  const headers = Buffer.concat(
    Object.entries({
      [exception ? ':exception-type' : ':event-type']: type.replace('!', ''),
      ':content-type': 'application/json',
      ':message-type': exception ? 'exception' : 'event',
    }).map(([name, value]) => header(name, value)),
  );
  const own = type === 'chunk' ? { bytes: Buffer.from(JSON.stringify(payload)).toString('base64') } : payload;
  const body = Buffer.from(JSON.stringify(own));
  const message = Buffer.alloc(16 + headers.length + body.length);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(headers.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  headers.copy(message, 12);
  body.copy(message, 12 + headers.length);
  message.writeUInt32BE(crc32(message.subarray(0, message.length - 4)), message.length - 4);
  return message;
}

function header(name: string, value: string): Buffer {
  const bytes = Buffer.alloc(1 + name.length + 3 + value.length);
  bytes.writeUInt8(name.length, 0);
  bytes.write(name, 1);
  bytes.writeUInt8(7, 1 + name.length);
  bytes.writeUInt16BE(value.length, 2 + name.length);
  bytes.write(value, 4 + name.length);
  return bytes;
}
