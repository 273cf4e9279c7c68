/**
 * CPU of a gateway per streamed request of 200 deltas: a bare pass-through against a translation, on loopback. Run it
 * with `node --import tsx test/server/dialects/translate/measure-cpu.ts`. Upstream and clients live in a process of
 * their own, so that only the gateway is counted.
 */
import { fork } from 'node:child_process';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import type { Dialect } from '#engine/signals/index.ts';
import { type SpokenDialect, translateCall } from '#server/dialects/translate/index.ts';
import { someOptions } from './stream-tools.ts';

const deltas = 200;
const warmUp = 300;
const requests = 1_500;
const atOnce = 8;

const messages = Array.from({ length: 12 }, (_none, at) => ({
  role: at % 2 === 0 ? 'user' : 'assistant',
  content: `Message ${at}: ${'words of an everyday conversation '.repeat(8)}`,
}));
const asking = JSON.stringify({ model: 'm', max_tokens: 900, stream: true, messages });

function openAiFrames(): readonly string[] {
  const chunk = (delta: object, finish_reason: string | null) =>
    `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', system_fingerprint: 'fp_1', choices: [{ index: 0, delta, logprobs: null, finish_reason }] })}\n\n`;
  return [
    chunk({ role: 'assistant', content: '' }, null),
    ...Array.from({ length: deltas }, (_none, at) => chunk({ content: ` word${at}` }, null)),
    chunk({}, 'stop'),
    'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":700,"completion_tokens":200,"total_tokens":900}}\n\n',
    'data: [DONE]\n\n',
  ];
}

function anthropicFrames(): readonly string[] {
  const event = (wire: { type: string }) => `event: ${wire.type}\ndata: ${JSON.stringify(wire)}\n\n`;
  return [
    event({
      type: 'message_start',
      message: { id: 'msg_1', model: 'm', content: [], usage: { input_tokens: 700, output_tokens: 1 } },
    } as { type: string }),
    event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as {
      type: string;
    }),
    ...Array.from({ length: deltas }, (_none, at) =>
      event({
        type: 'content_block_delta',
        index: 0,
        delta: { type: 'text_delta', text: ` word${at}` },
      } as { type: string }),
    ),
    event({ type: 'content_block_stop', index: 0 } as { type: string }),
    event({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 200 },
    } as { type: string }),
    event({ type: 'message_stop' }),
  ];
}

const listen = (server: ReturnType<typeof createServer>) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The other process: an upstream that writes a frame per turn of its loop, and clients that read to the end. */
async function playTheOthers(): Promise<void> {
  const frames = { '/openai': openAiFrames(), '/anthropic': anthropicFrames() };
  const upstream = createServer(async (request, response) => {
    await bodyOf(request);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const frame of frames[request.url as '/openai' | '/anthropic']) {
      response.write(frame);
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.end();
  });
  const port = await listen(upstream);
  process.send?.({ port });
  process.on(
    'message',
    async ({ gateway, path, count }: { gateway: number; path: string; count: number }) => {
      const pool = new Pool(`http://127.0.0.1:${gateway}`, { connections: atOnce });
      let left = count;
      const client = async () => {
        while (left > 0) {
          left -= 1;
          const { body } = await pool.request({ method: 'POST', path, body: asking });
          for await (const _chunk of body);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, client));
      await pool.close();
      process.send?.({ done: true });
    },
  );
}

type Way = (body: Buffer, response: ServerResponse) => Promise<void>;

function passThrough(upstream: Pool, path: string): Way {
  return async (body, response) => {
    const answer = await upstream.request({ method: 'POST', path, body });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for await (const chunk of answer.body) response.write(chunk);
    response.end();
  };
}

function translating(upstream: Pool, path: string, from: Dialect, to: SpokenDialect): Way {
  return async (body, response) => {
    const call = translateCall(from, to, someOptions);
    const answer = await upstream.request({ method: 'POST', path, body: call.request(body).body });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const stream = call.stream();
    for await (const chunk of answer.body) {
      const frames = stream.push(chunk);
      if (frames.length > 0) response.write(frames.join(''));
    }
    response.end(stream.end().join(''));
  };
}

/** Milliseconds of CPU a stream costs without any network: parsing, translating, writing. */
function withoutNetwork(frames: readonly string[], from: Dialect, to: SpokenDialect): number {
  const chunks = frames.map((frame) => Buffer.from(frame));
  const once = () => {
    const call = translateCall(from, to, someOptions);
    call.request(Buffer.from(asking));
    const stream = call.stream();
    for (const chunk of chunks) stream.push(chunk).join('');
    stream.end();
  };
  for (let run = 0; run < warmUp; run += 1) once();
  const before = process.cpuUsage();
  for (let run = 0; run < requests; run += 1) once();
  return cpuSince(before) / requests;
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

async function measure(): Promise<void> {
  const others = fork(new URL(import.meta.url).pathname, ['others']);
  const told = <T>() =>
    new Promise<T>((resolve) => others.once('message', (message) => resolve(message as T)));
  const { port } = await told<{ port: number }>();
  const upstream = new Pool(`http://127.0.0.1:${port}`, { connections: atOnce });
  const ways: Record<string, Way> = {
    '/pass-openai': passThrough(upstream, '/openai'),
    '/pass-anthropic': passThrough(upstream, '/anthropic'),
    '/anthropic-client-openai-upstream': translating(
      upstream,
      '/openai',
      'anthropic-messages',
      'openai-chat',
    ),
    '/openai-client-anthropic-upstream': translating(
      upstream,
      '/anthropic',
      'openai-chat',
      'anthropic-messages',
    ),
  };
  const server = createServer(async (request, response) => {
    await ways[request.url ?? '']?.(await bodyOf(request), response);
  });
  const gateway = await listen(server);
  const run = async (path: string, count: number) => {
    others.send({ gateway, path, count });
    await told();
  };
  for (let round = 1; round <= 3; round += 1) {
    for (const path of Object.keys(ways)) {
      await run(path, warmUp);
      const before = process.cpuUsage();
      await run(path, requests);
      console.log(
        `round ${round} ${path.padEnd(36)} ${(cpuSince(before) / requests).toFixed(3)} ms CPU a request`,
      );
    }
  }
  const inward = withoutNetwork(openAiFrames(), 'anthropic-messages', 'openai-chat');
  const outward = withoutNetwork(anthropicFrames(), 'openai-chat', 'anthropic-messages');
  console.log(
    `without network: OpenAI → Anthropic ${inward.toFixed(3)} ms, Anthropic → OpenAI ${outward.toFixed(3)} ms`,
  );
  others.kill();
  server.close();
  await upstream.close();
}

await (process.argv[2] === 'others' ? playTheOthers() : measure());
