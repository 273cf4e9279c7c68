import { isIP } from 'node:net';

/** What is wrong with a network in which proxies are trusted, such as `10.0.0.0/8` or `192.0.2.7`; `null`: nothing. */
export function networkProblem(text: string): string | null {
  const [address = '', prefix, ...others] = text.split('/');
  const version = isIP(address);
  const bits = version === 4 ? 32 : 128;
  const isPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
  if (version === 0 || address.includes('%') || !isPrefix || others.length > 0)
    return `"${text}" is no address or network: it must look like 10.0.0.0/8, 192.0.2.7 or fd00::/8`;
  if (Number(prefix) === 0)
    return `"${text}" is every address: whoever is trusted says whose calls theirs are, so name your proxies only`;
  return null;
}

/** An address alone as the network of itself. */
export function networkOf(text: string): string {
  return text.includes('/') ? text : `${text}/${isIP(text) === 4 ? 32 : 128}`;
}
