import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { makeClientAddress } from '#server/api/client-address.ts';

function aCall(from: string, forwardedFor?: string): IncomingMessage {
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: from });
  const request = new IncomingMessage(socket);
  if (forwardedFor !== undefined) request.headers['x-forwarded-for'] = forwardedFor;
  return request;
}

const clientAddress = makeClientAddress(['10.0.0.0/8', '192.0.2.7/32', 'fd00::/8']);

it.each([
  { of: 'somebody who is no proxy', from: '198.51.100.4', told: '203.0.113.9', is: '198.51.100.4' },
  { of: 'a neighbour of a proxy', from: '192.0.2.8', told: '203.0.113.9', is: '192.0.2.8' },
  { of: 'a proxy', from: '10.1.2.3', told: '203.0.113.9', is: '203.0.113.9' },
  { of: 'a proxy by IPv6', from: 'fd00::1', told: '2001:db8::7', is: '2001:db8::7' },
  {
    of: 'a proxy on a socket of both kinds',
    from: '::ffff:10.1.2.3',
    told: '203.0.113.9',
    is: '203.0.113.9',
  },
  { of: 'two proxies', from: '10.1.2.3', told: '203.0.113.9, 192.0.2.7', is: '203.0.113.9' },
  { of: 'a client that forges', from: '10.1.2.3', told: '10.9.9.9, 1.2.3.4, 203.0.113.9', is: '203.0.113.9' },
  {
    of: 'a client that forges a proxy',
    from: '10.1.2.3',
    told: '1.2.3.4, 203.0.113.9, 10.7.7.7',
    is: '203.0.113.9',
  },
  { of: 'a proxy that names ports', from: '10.1.2.3', told: '203.0.113.9:4711', is: '203.0.113.9' },
  {
    of: 'a proxy that names ports, by IPv6',
    from: '10.1.2.3',
    told: '[2001:db8::7]:4711',
    is: '2001:db8::7',
  },
  { of: 'a proxy that says nothing', from: '10.1.2.3', told: undefined, is: '10.1.2.3' },
  { of: 'a proxy that says nonsense', from: '10.1.2.3', told: '203.0.113.9, unknown', is: '10.1.2.3' },
  { of: 'a proxy that calls by itself', from: '10.1.2.3', told: '10.4.4.4', is: '10.4.4.4' },
])('the address of $of is $is', ({ from, told, is }) => {
  expect(clientAddress(aCall(from, told))).toBe(is);
});

it('without proxies that are trusted no header is read', () => {
  expect(makeClientAddress([])(aCall('127.0.0.1', '203.0.113.9'))).toBe('127.0.0.1');
});
