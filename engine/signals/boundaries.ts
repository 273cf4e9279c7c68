import type { NeutralMessage, NeutralRequest } from './intake.ts';

/** Boundaries kept besides the first: a turn of an agent adds two messages, so this spans three turns and more. */
const latest = 7;

/** The beginnings of a conversation, by salted hashes that say nothing of the text. */
export interface Boundaries {
  /** Of tools and system prompt. */
  readonly opening: string;
  /** `hash:tokens` of the opening and of what ends with each of the last messages, shortest first. */
  readonly hashes: readonly string[];
}

export interface Beginnings {
  readonly request: Pick<NeutralRequest, 'messages' | 'tools' | 'toolCharacters'>;
  readonly toolTokens: number;
  readonly messageTokens: readonly number[];
  readonly checksums: readonly number[];
  readonly fingerprint: (text: string) => string;
  readonly checksum: (text: string) => number;
}

/**
 * Where a prompt cache may hold a conversation. A chain of checksums runs over tools, system prompt and messages; the
 * chain, not the text, is hashed with the installation's salt at the boundaries that are kept.
 */
export function boundariesOf(beginnings: Beginnings): Boundaries {
  const { request, checksums, messageTokens, fingerprint } = beginnings;
  const { messages } = request;
  const firstTurn = messages.findIndex(({ role }) => role !== 'system');
  const begin = firstTurn < 0 ? messages.length : firstTurn;
  const chain = { a: 0x2545_f491, b: 0x9e37_79b9 };
  extend(chain, beginnings.checksum(request.tools.join()), request.toolCharacters);
  let tokens = beginnings.toolTokens;
  const add = (index: number): void => {
    extend(chain, checksums[index] ?? 0, shapeOf(messages[index] as NeutralMessage));
    tokens += messageTokens[index] ?? 0;
  };
  for (let index = 0; index < begin; index += 1) add(index);
  const opening = fingerprint(`${chain.a} ${chain.b}`);
  const hashes = [`${opening}:${tokens}`];
  for (let index = begin; index < messages.length; index += 1) {
    add(index);
    if (index >= messages.length - latest) hashes.push(`${fingerprint(`${chain.a} ${chain.b}`)}:${tokens}`);
  }
  return { opening, hashes };
}

const roles: Readonly<Record<NeutralMessage['role'], number>> = { system: 1, user: 2, assistant: 3, tool: 4 };

/** What a message is beside its text. */
function shapeOf({ role, text, images, audio, files }: NeutralMessage): number {
  return ((text.length * 31 + images) * 31 + audio) * 31 + files * 8 + (roles[role] ?? 0);
}

/** The mixing steps of MurmurHash3's finalizer, which spread every bit; the salted hash above is what keeps the secret. */
function extend(chain: { a: number; b: number }, checksum: number, shape: number): void {
  chain.a = mix(Math.imul(chain.a, 31) ^ (checksum | 0), 0x85eb_ca6b) ^ chain.b;
  chain.b = mix(Math.imul(chain.b, 31) ^ Math.floor(checksum / 2 ** 32) ^ (shape | 0), 0xc2b2_ae35) + chain.a;
  chain.b |= 0;
}

function mix(value: number, by: number): number {
  const mixed = Math.imul(value ^ (value >>> 16), by);
  return mixed ^ (mixed >>> 13);
}
