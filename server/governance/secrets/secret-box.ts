import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Encrypts secrets for keeping. AES-256-GCM; what a secret is for is bound into it, so that none can stand for another. */
export interface SecretBox {
  /** `bound`: what it is for, `provider:openai`. */
  seal(secret: string, bound: string): string;
  /** @throws {SecretError} when its master key is not here, or it was changed, or is for something else. */
  open(sealed: string, bound: string): string;
}

/** A secret that cannot be read. The message names no part of it. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
}

/**
 * A box over master keys of 32 bytes: the first seals, all of them open. Asked for each time, so that a key may be made
 * when it is first needed.
 *
 * Sealed: `v1.<id of the master key>.<nonce>.<tag>.<ciphertext>`, base64url.
 */
export function makeSecretBox(masterKeys: {
  readonly toSeal: () => Buffer;
  readonly toOpen: () => readonly Buffer[];
}): SecretBox {
  return {
    seal: (secret, bound) => {
      const key = masterKeys.toSeal();
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), text].map((part) => part.toString('base64url'));
      return ['v1', keyId(key), ...parts].join('.');
    },
    open: (sealed, bound) => {
      const [version, id = '', nonce = '', tag = '', text = ''] = sealed.split('.');
      if (version !== 'v1') throw new SecretError('It is not sealed as this release seals.');
      const key = masterKeys.toOpen().find((one) => keyId(one) === id);
      if (key === undefined)
        throw new SecretError(`It is sealed with the master key ${id}, which is not here.`);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
          authTagLength: 16,
        })
          .setAAD(Buffer.from(bound))
          .setAuthTag(Buffer.from(tag, 'base64url'));
        return Buffer.concat([decipher.update(Buffer.from(text, 'base64url')), decipher.final()]).toString(
          'utf8',
        );
      } catch (error) {
        throw new SecretError('It was changed since it was sealed, or was sealed for something else.', {
          cause: error,
        });
      }
    },
  };
}

/** By which a master key is told apart; says nothing of it. */
export function keyId(key: Buffer): string {
  return createHash('sha256').update('waybill master key').update(key).digest('hex').slice(0, 8);
}

/** The id of the master key that a secret is sealed with. */
export function keyIdOf(sealed: string): string {
  return sealed.split('.')[1] ?? '';
}
