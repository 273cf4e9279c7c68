import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isPrivateAddress, publicLookup } from '#server/governance/secrets/private-address.ts';
import { makeHttpUpstream } from '#server/providers/http-upstream.ts';

const dns = vi.hoisted(() => ({ answers: [] as { address: string; family: number }[][] }));
vi.mock('node:dns', async (original) => ({
  ...(await original<typeof import('node:dns')>()),
  lookup: (_host: string, _options: object, callback: (error: null, found: object[]) => void) =>
    callback(null, dns.answers.length > 1 ? dns.answers.shift()! : dns.answers[0]!),
}));

const signal = { stopped: false, onStop: () => {} };
const call = { path: '/models', headers: {}, signal, connectTimeoutMs: 2_000 };

async function aServer(): Promise<{ readonly port: number; readonly calls: string[] }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(request.url ?? '');
    if (request.url === '/redirect/models')
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, calls };
}

function anUpstream(url: string, publicOnly = true) {
  const upstream = makeHttpUpstream(url, { publicOnly });
  onTestFinished(() => upstream.close());
  return upstream;
}

describe('private addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    '[::1]',
    '::',
    'fe80::1',
    'fd00:ec2::254',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('are told: %s', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(['1.1.1.1', '8.8.8.8', '2606:4700:4700::1111'])('are not told of public ones: %s', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  it.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0x7f.1',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
  ])('are not called when they are written as numbers: %s', async (origin) => {
    const { port, calls } = await aServer();
    await expect(anUpstream(`${origin}:${port}`).get(call)).rejects.toThrow('is not on the public internet');
    expect(calls).toEqual([]);
  });

  it('are not called when a name leads there', async () => {
    dns.answers = [[{ address: '127.0.0.1', family: 4 }]];
    const { port, calls } = await aServer();
    const failing = anUpstream(`http://api.vendor.test:${port}`).get(call);
    await expect(failing).rejects.toMatchObject({
      error: 'unavailable',
      message: expect.stringContaining('api.vendor.test (127.0.0.1) is not on the public internet'),
    });
    expect(calls).toEqual([]);
  });

  it('are not called when one of the addresses of a name is one', async () => {
    dns.answers = [
      [
        { address: '93.184.216.34', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    ];
    await expect(anUpstream('http://api.vendor.test').get(call)).rejects.toThrow('(10.0.0.1)');
  });

  it('are not called when a name was public when it was checked and is not when it is called', async () => {
    dns.answers = [[{ address: '93.184.216.34', family: 4 }], [{ address: '127.0.0.1', family: 4 }]];
    const { port, calls } = await aServer();
    const first = await new Promise((resolve) => {
      publicLookup('api.vendor.test', {}, (_error, address) => resolve(address));
    });
    expect(first).toBe('93.184.216.34');
    await expect(anUpstream(`http://api.vendor.test:${port}`).get(call)).rejects.toThrow('(127.0.0.1)');
    expect(calls).toEqual([]);
  });

  it('are called where the operator allows them, and a redirect to one is not followed', async () => {
    const { port, calls } = await aServer();
    const answer = await anUpstream(`http://127.0.0.1:${port}/redirect`, false).get(call);
    expect(answer.status).toBe(302);
    expect(calls).toEqual(['/redirect/models']);
  });
});
