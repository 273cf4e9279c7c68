import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Dialect } from '#engine/signals/index.ts';
import { aContext } from '../server/support/context.ts';
import { aGateway } from '../server/support/servers.ts';
import { aDirectoryOf } from '../server/support/speaking-provider.ts';
import { ask, type Client, clients } from './clients.ts';
import type { Fault, Outcome } from './fault.ts';
import { chunkBehindTheEnd, faults } from './faults.ts';
import { type Wire, wires } from './wires.ts';

/** Every client dialect, in front of a provider that speaks it and of ones that speak another. A dialect is a line. */
const ways: readonly (readonly [keyof typeof clients, Dialect])[] = [
  ['openai-chat', 'openai-chat'],
  ['openai-chat', 'anthropic-messages'],
  ['openai-responses', 'openai-responses'],
  ['openai-responses', 'openai-chat'],
  ['openai-responses', 'anthropic-messages'],
  ['anthropic-messages', 'anthropic-messages'],
  ['anthropic-messages', 'openai-chat'],
  ['openai-completions', 'openai-completions'],
  ['openai-completions', 'anthropic-messages'],
  ['google-generate', 'google-generate'],
  ['google-generate', 'openai-chat'],
  ['google-generate as an array', 'anthropic-messages'],
  ['openai-embeddings', 'openai-embeddings'],
];

/** An upstream with a fault, and who is still connected to it. */
async function aFaultyUpstream(fault: Fault, wire: Wire, mode: 'plain' | 'stream') {
  const open = new Set<Socket>();
  let answering = 0;
  let told = () => {};
  const server = createServer((req, res) => {
    answering += 1;
    res.on('close', () => {
      answering -= 1;
      told();
    });
    req.resume();
    req.on('end', () => fault.answer(res, wire, mode));
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => {
      open.delete(socket);
      told();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  const until = async (done: () => boolean) => {
    while (!done()) {
      await new Promise<void>((resolve) => {
        told = resolve;
      });
    }
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves when nothing is being answered any more. */
    idle: () => until(() => answering === 0),
    /** Resolves when nobody is connected. */
    alone: () => until(() => open.size === 0),
  };
}

async function anInstallation(fault: Fault, dialect: Dialect, mode: 'plain' | 'stream') {
  const upstream = await aFaultyUpstream(fault, wires[dialect], mode);
  const providers = aDirectoryOf('up', upstream.url, [dialect]);
  const m = { kind: 'model', target: 'up/m', deadlines: fault.deadlines ?? {} };
  const context = aContext({ providers, policies: { auto: { entry: 'm', nodes: { m } } } });
  return { upstream, context, url: await aGateway(context) };
}

/** Status 0 stands for the upstream's own, whatever that is in its dialect. */
function expectStatus(status: number, { http }: Outcome): void {
  if (http === 0) expect(status).toBeGreaterThanOrEqual(500);
  else expect(status).toBe(http);
}

function expectProblem(client: Client, wire: unknown, outcome: Outcome, id: string): void {
  const message = client.problemIn(wire);
  expect(message).toBeDefined();
  if (outcome.says !== undefined) expect(message).toMatch(outcome.says);
  expect(JSON.stringify(wire)).toContain(id);
}

async function expectReply(response: Response, client: Client, mode: string, outcome: Outcome) {
  const id = response.headers.get('x-waybill-request-id') ?? 'none';
  expectStatus(response.status, outcome);
  if (outcome.retryAfter !== undefined) expect(response.headers.get('retry-after')).toBe(outcome.retryAfter);
  const bytes = await response.text();
  if (mode === 'plain' || response.status !== 200) {
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const wire: unknown = JSON.parse(bytes);
    if (outcome.status === 'served') expect(client.textIn(wire) === outcome.text).toBe(true);
    else expectProblem(client, wire, outcome, isUpstreams(wire) ? '' : id);
    return id;
  }
  const heard = client.hear?.(bytes);
  expect(heard?.text === outcome.text).toBe(true);
  expect(heard?.finished).toBe(outcome.status === 'served');
  expect(heard?.errors).toHaveLength(outcome.status === 'served' ? 0 : 1);
  const [error] = heard?.errors ?? [];
  if (error !== undefined) expectProblem(client, error, outcome, isUpstreams(error) ? '' : id);
  return id;
}

/** Anthropic counts the input before it answers, and bills it. */
function countedAtStart(dialect: Dialect): 'estimated' | 'none' {
  return dialect === 'anthropic-messages' ? 'estimated' : 'none';
}

/** An upstream's own words go through as they are, to a client of its dialect; our id stands in the headers then. */
function isUpstreams(wire: unknown): boolean {
  return !/waybill|request_id|resp_r-/.test(JSON.stringify(wire));
}

for (const [name, dialect] of ways) {
  const client: Client = clients[name];
  describe(`a client of ${name} in front of an upstream of ${dialect}`, () => {
    const all = dialect === 'google-generate' ? faults : [...faults, chunkBehindTheEnd];
    const cases = all.flatMap((fault) =>
      (fault.modes ?? (['plain', 'stream'] as const))
        .filter((mode) => mode === 'plain' || client.hear !== undefined)
        .map((mode) => [mode, fault.name, fault] as const),
    );

    it.each(cases)('asking for a %s answer survives %s', async (mode, _name, fault) => {
      const { url, context, upstream } = await anInstallation(fault, dialect, mode);
      const outcome = fault.outcome(mode);
      const response = await ask(url, client, mode === 'stream');
      const id = await expectReply(response, client, mode, outcome);
      const record = await context.log.next();
      expect(record).toMatchObject({
        id,
        'outcome.status': outcome.status,
        'outcome.error': outcome.error,
        'outcome.http_status': response.status,
        'usage.source': outcome.usage === 'begun' ? countedAtStart(dialect) : outcome.usage,
      });
      await upstream.idle();
      await context.providers.close();
      await upstream.alone();
      expect(context.log.records).toHaveLength(1);
    });
  });
}
