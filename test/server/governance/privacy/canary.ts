import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What every canary text holds: nothing else in the world does. Letters and digits, so that no escaping changes it. */
export interface Canary {
  /** A text of somebody’s, with the place it was put into. */
  readonly text: (place: string) => string;
  /** The same as a picture in Base64. */
  readonly image: string;
  /** Where in these bytes it stands in any form; empty where it stands nowhere. */
  readonly findIn: (bytes: Buffer) => readonly string[];
}

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk';

export function aCanary(): Canary {
  const core = `kanarie${randomBytes(9).toString('hex')}`;
  const forms = formsOf(core);
  return {
    text: (place) =>
      `"${place}": my doctor says — don't tell — ${core}, and some more words, so that nobody takes this sentence, which is longer than any name of anything could be, for the name of a thing or of a person who asks.`,
    image: Buffer.concat([Buffer.from(pixel, 'base64'), Buffer.from(`  ${core}  `)]).toString('base64'),
    findIn: (bytes) => {
      const text = bytes.toString('latin1').toLowerCase();
      return forms.flatMap(({ name, form }) => {
        const at = text.indexOf(form.toLowerCase());
        return at < 0 ? [] : [`${name}: …${text.slice(Math.max(0, at - 160), at + 40)}…`];
      });
    },
  };
}

/** As it is, and as it looks in Base64 (whatever stands before it), in hexadecimal, in UTF-16 and written backwards. */
function formsOf(core: string): readonly { readonly name: string; readonly form: string }[] {
  const base64 = [0, 1, 2].map((shift) => {
    const written = Buffer.from(`${' '.repeat(shift)}${core}`).toString('base64');
    // Characters at both ends also hold bits of what stands beside it.
    return { name: `base64+${shift}`, form: written.slice(shift === 0 ? 0 : 4, -4) };
  });
  return [
    { name: 'text', form: core },
    ...base64,
    { name: 'hex', form: Buffer.from(core).toString('hex') },
    { name: 'utf16', form: Buffer.from(core, 'utf16le').toString('latin1') },
    { name: 'percent', form: [...core].map((one) => `%${Buffer.from(one).toString('hex')}`).join('') },
    { name: 'backwards', form: [...core].reverse().join('') },
  ];
}

/** Every file below a folder. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Where below a folder a canary stands, with the file. */
export function searchFolder(folder: string, canary: Canary): readonly string[] {
  return filesBelow(folder).flatMap((path) =>
    canary.findIn(readFileSync(path)).map((found) => `${path}: ${found}`),
  );
}
