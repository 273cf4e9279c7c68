import type { Logger } from 'pino';
import { discardBody } from '../read-small-body.ts';
import { hideKeyIn } from './hide-key.ts';
import { KeyPool, type KeyState } from './key-pool.ts';
import { maskKey } from './mask-key.ts';
import { readRetryAfter } from './retry-after.ts';

/** One key with what it is worth. */
export interface WeightedKey<Credential> {
  readonly credential: Credential;
  readonly weight: number;
  /** What the label is made from; it is masked. */
  readonly name: string;
}

/** What a ring looks at in an answer. */
interface Head {
  readonly status: number;
  /** What the answer means for the key, where its status does not tell. */
  readonly keyStatus?: number;
  readonly problem?: { readonly kind: string };
  /** Given up unread when another key is asked. */
  readonly body?: AsyncIterable<Uint8Array>;
  readonly headers: Readonly<Record<string, string>>;
}

/** The keys of one provider with the keys themselves: asks with one, and with another where that one may not. */
export class KeyRing<Credential> {
  readonly #keys: readonly WeightedKey<Credential>[];
  readonly #pool: KeyPool;
  readonly #clock: () => number;
  readonly #logger: Logger;
  readonly #provider: string;

  constructor(
    provider: string,
    keys: readonly WeightedKey<Credential>[],
    { clock, logger }: { readonly clock: () => number; readonly logger: Logger },
  ) {
    this.#provider = provider;
    this.#keys = keys;
    this.#clock = clock;
    this.#logger = logger;
    this.#pool = new KeyPool(
      keys.map(({ name, weight }) => ({ label: maskKey(name), weight })),
      clock,
    );
  }

  get keys(): readonly WeightedKey<Credential>[] {
    return this.#keys;
  }

  states(): readonly KeyState[] {
    return this.#pool.states();
  }

  /**
   * Asks with the next key. An answer that says this key may not (401, 403, 429) is given up, and the next key asked at
   * once, as long as one is ready; the last answer stands.
   */
  async ask<Answer extends Head>(
    model: string,
    call: (credential: Credential) => Promise<Answer>,
  ): Promise<Answer> {
    const tried = new Set<number>();
    let index = this.#pool.choose(model);
    for (;;) {
      const key = index === undefined ? undefined : this.#keys[index];
      if (index === undefined || key === undefined)
        throw new Error(`${this.#provider} has no key to ask with.`);
      const answer = await call(key.credential);
      if (!this.#note(index, model, answer)) return answer;
      tried.add(index);
      index = this.#pool.choose(model, tried);
      if (index === undefined) return withoutKey(answer, key.name);
      if (answer.body !== undefined) discardBody(answer.body);
    }
  }

  /** Whether another key may do better. */
  #note(index: number, model: string, head: Head): boolean {
    const { headers } = head;
    const status = head.keyStatus ?? (head.problem?.kind === 'authentication' ? 401 : head.status);
    if (status === 429) {
      this.#pool.limited(index, model, readRetryAfter(headers, this.#clock()));
      return true;
    }
    if (status === 401 || status === 403) {
      const reason = `The provider answered ${status}.`;
      // 403 may speak of one model only: a key that cannot have this one still has the others.
      this.#pool.refused(index, status === 401 ? null : model, reason);
      const { label } = this.#pool.states()[index] ?? { label: '…' };
      this.#logger.warn({ provider: this.#provider, key: label, status }, 'a provider refused a key');
      return true;
    }
    if (status < 400) this.#pool.served(index, model);
    return false;
  }
}

/** Who refuses a key may repeat it, and the client is not to read it. */
function withoutKey<Answer extends Head>(answer: Answer, key: string): Answer {
  if (answer.body === undefined || key === '') return answer;
  return { ...answer, body: hideKeyIn(answer.body, key) };
}
