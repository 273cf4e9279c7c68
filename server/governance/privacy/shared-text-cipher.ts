import { hkdfSync } from 'node:crypto';
import { ApiFailure } from '../../errors.ts';
import { makeTextCipher, type TextCipher } from './text-cipher.ts';

/**
 * The cipher for texts that gateways share: keys made from the master keys of WAYBILL_SECRET_KEY (HKDF, RFC 5869), of which
 * the first seals and every one opens.
 *
 * Opening throws `ApiFailure` `text_sealed` where none does.
 */
export function makeSharedTextCipher(keys: readonly Buffer[]): TextCipher {
  const ciphers = keys.map((key) =>
    makeTextCipher(Buffer.from(hkdfSync('sha256', key, '', 'waybill texts', 32))),
  );
  const [first] = ciphers;
  if (first === undefined) throw new Error('A cipher without a key.');
  return {
    seal: first.seal,
    open: (sealed, place) => {
      for (const cipher of ciphers) {
        try {
          return cipher.open(sealed, place);
        } catch {
          // The next key may be the one.
        }
      }
      throw new ApiFailure(
        409,
        'text_sealed',
        'This text was sealed with another WAYBILL_SECRET_KEY. Give this gateway that key as well: "new,old".',
      );
    },
  };
}
