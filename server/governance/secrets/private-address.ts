import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import ipaddr from 'ipaddr.js';

/** A call that would have gone to an address which is not on the public internet. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  readonly code = 'PRIVATE_ADDRESS';
}

/**
 * Whether an address is one that only this machine or its own network has: loopback, private, link-local (where clouds
 * keep their metadata), unique-local, carrier-grade NAT, multicast, reserved, and IPv6 forms that carry one of these.
 */
export function isPrivateAddress(address: string): boolean {
  const bare = address.replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.isValid(bare)) return false;
  return ipaddr.process(bare).range() !== 'unicast';
}

/** Why an address may not be called, for a host that is written as numbers; `undefined` for names. */
export function whyNotCalled(host: string): string | undefined {
  return isPrivateAddress(host) ? sentence(host, host) : undefined;
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * In place of Node's own look-up when a connection is made, so that the address that is checked is the one that is
 * called: a name that answers differently the second time gains nothing.
 */
export function publicLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    const found = addresses.find(({ address }) => isPrivateAddress(address));
    if (found !== undefined) return callback(new PrivateAddressError(sentence(hostname, found.address)), []);
    const [first] = addresses;
    if (options.all === true || first === undefined) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
}

/**
 * Where a name leads that is private; `undefined` when it leads nowhere of the kind, or nowhere at all.
 * For telling people early: what holds is the check when the connection is made.
 */
export function privateAddressOf(host: string): Promise<string | undefined> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (ipaddr.isValid(bare)) return Promise.resolve(isPrivateAddress(bare) ? bare : undefined);
  return new Promise((resolve) => {
    lookup(bare, { all: true }, (error, addresses) => {
      if (error !== null) return resolve(undefined);
      resolve(addresses.find(({ address }) => isPrivateAddress(address))?.address);
    });
  });
}

function sentence(host: string, address: string): string {
  const where = host === address ? host : `${host} (${address})`;
  return `${where} is not on the public internet, and addresses of one's own network are not called for providers made in the studio. Set WAYBILL_ALLOW_PRIVATE_UPSTREAMS to "on", or state the provider in the config file.`;
}
