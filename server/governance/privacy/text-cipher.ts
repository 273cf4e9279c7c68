import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals bytes so that only who has the key reads them, and only where they belong. */
export interface TextCipher {
  /** `place` names what is sealed; it is not hidden, and opening at another place fails. */
  seal(text: string, place: string): string;
  /** @throws {Error} where the key, the place or the bytes are not those of the seal. */
  open(sealed: string, place: string): string;
}

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM with a fresh nonce of 96 bits each time. Sealed: Base64 of nonce, ciphertext, tag. */
export function makeTextCipher(key: Buffer): TextCipher {
  if (key.length !== 32) throw new Error(`The key for texts has ${key.length} bytes; it must have 32.`);
  return {
    seal: (text, place) => {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
      return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64',
      );
    },
    open: (sealed, place) => {
      const bytes = Buffer.from(sealed, 'base64');
      const iv = bytes.subarray(0, ivBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(-tagBytes));
      const plain = decipher.update(bytes.subarray(ivBytes, -tagBytes));
      return Buffer.concat([plain, decipher.final()]).toString('utf8');
    },
  };
}
