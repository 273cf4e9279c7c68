import type { HttpUpstream } from './http-upstream.ts';
import { hideKey } from './keys/hide-key.ts';
import type { KeyRing } from './keys/key-ring.ts';
import { maskKey } from './keys/mask-key.ts';
import { type CheckedKey, type StopSignal, type UpstreamAnswer, UpstreamFailure } from './provider.ts';
import { messageIn, readSmallBody } from './read-small-body.ts';

const connectTimeoutMs = 5_000;

/** A call that costs nothing, as one key makes it. */
export type Probe<Credential> = (credential: Credential, signal: StopSignal) => Promise<UpstreamAnswer>;

/** A GET below the base URL, the usual probe: a list of models. */
export function getProbe<Credential>(
  upstream: HttpUpstream,
  path: string,
  headersOf: (credential: Credential) => Readonly<Record<string, string>>,
): Probe<Credential> {
  return (credential, signal) =>
    upstream.get({ path, headers: headersOf(credential), signal, connectTimeoutMs });
}

/** Asks with every key, one after the other. Never throws. */
export async function checkKeys<Credential>(
  ring: KeyRing<Credential>,
  probe: Probe<Credential>,
  signal: StopSignal,
): Promise<readonly CheckedKey[]> {
  const checked: CheckedKey[] = [];
  for (const { credential, name } of ring.keys) {
    const startedAt = performance.now();
    const outcome = await checkOne(() => probe(credential, signal));
    const latencyMs = Math.round(performance.now() - startedAt);
    const message = hideKey(outcome.message, name);
    checked.push({ key: name === '' ? '' : maskKey(name), ...outcome, message, latencyMs });
  }
  return checked;
}

type Outcome = Pick<CheckedKey, 'state' | 'status' | 'message'>;

async function checkOne(ask: () => Promise<UpstreamAnswer>): Promise<Outcome> {
  try {
    const { status, headers, body } = await ask();
    const text = await readSmallBody(body);
    return judge(status, headers['content-type'] ?? '', text);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    // Whoever hands out access tokens has refused, or could not be reached: its words say which.
    const refused = cause instanceof UpstreamFailure && cause.error === 'auth';
    return { state: refused ? 'refused' : 'unreachable', status: null, message };
  }
}

function judge(status: number, contentType: string, text: string): Outcome {
  const isJson = contentType.includes('json') || /^\s*[{[]/.test(text);
  if (status < 300 && isJson) return { state: 'ok', status, message: '' };
  if (status < 300) {
    const what = contentType.split(';', 1)[0] || 'no content type';
    const message = `It answered ${status} with ${what}: is the base URL an API’s?`;
    return { state: 'unreachable', status, message };
  }
  if (status < 400) {
    return {
      state: 'unreachable',
      status,
      message: `It redirects (${status}), which is not followed: correct the base URL.`,
    };
  }
  const message = messageIn(text) || `It answered ${status}.`;
  // Being told to slow down means being known.
  if (status === 429) return { state: 'ok', status, message };
  return { state: status >= 500 || status === 404 ? 'unreachable' : 'refused', status, message };
}
