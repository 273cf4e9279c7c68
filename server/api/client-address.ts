import type { IncomingMessage } from 'node:http';
import { BlockList } from 'node:net';
import ipaddr from 'ipaddr.js';

export type ClientAddress = (request: IncomingMessage) => string;

/**
 * Whose call it is: who the connection is from, unless that is a proxy that is trusted (networks such as `10.0.0.0/8`). A
 * proxy appends to `X-Forwarded-For` who called it, so the header is read from the right, past proxies that are trusted, to
 * the first address that is none: what stands left of that, anybody may have written.
 */
export function makeClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const network of trustedProxies) {
    const [address, prefix] = ipaddr.parseCIDR(network);
    trusted.addSubnet(address.toString(), prefix, address.kind());
  }
  return (request) => {
    let from = plainAddress(request.socket.remoteAddress ?? '');
    if (from === null) return '';
    const told = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',');
    while (trusted.check(from.toString(), from.kind())) {
      const before = plainAddress(told.pop() ?? '');
      // A proxy that says nothing, or nothing that is an address, is all there is to go by.
      if (before === null) break;
      from = before;
    }
    return from.toString();
  };
}

/** An address as proxies write it, also with a port (`203.0.113.9:4711`, `[2001:db8::1]:4711`); `null`: none. */
function plainAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const written = text.trim().replace(/%.*$/, '');
  const bare = /^\[(.+)\](:\d+)?$/.exec(written)?.[1] ?? /^([\d.]+):\d+$/.exec(written)?.[1] ?? written;
  return ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare) ? ipaddr.process(bare) : null;
}
