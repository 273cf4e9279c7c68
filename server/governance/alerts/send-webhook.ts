import { Agent, request } from 'undici';
import { messageOf } from '../../errors.ts';
import { publicLookup, whyNotCalled } from '../secrets/private-address.ts';

const timeoutMs = 10_000;
const publicOnly = new Agent({ connect: { lookup: publicLookup, timeout: timeoutMs } });
const anywhere = new Agent({ connect: { timeout: timeoutMs } });

/** What became of one attempt to deliver. */
export interface Sent {
  readonly ok: boolean;
  readonly answer: string;
}

/**
 * Posts a body. Any 2xx is a delivery; redirects are not followed, since they could lead to where the address itself may
 * not. Without `allowPrivate` only addresses of the public internet are called, checked when the connection is made.
 */
export async function sendWebhook(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  allowPrivate: boolean,
): Promise<Sent> {
  const refused = allowPrivate ? undefined : whyNotCalled(new URL(url).hostname);
  if (refused !== undefined) return { ok: false, answer: refused };
  try {
    const response = await request(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'user-agent': 'Waybill', ...headers },
      dispatcher: allowPrivate ? anywhere : publicOnly,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    await response.body.dump({ limit: 65_536 });
    const { statusCode } = response;
    return { ok: statusCode >= 200 && statusCode < 300, answer: `answered ${statusCode}` };
  } catch (error) {
    return { ok: false, answer: messageOf(error) };
  }
}
