const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Decodes padded base64 to signed bytes. Written out because the engine compiles against neither
 * Node (`Buffer`) nor the DOM (`atob`).
 */
export function decodeBase64(text: string): Int8Array {
  if (text.length % 4 !== 0) {
    throw new Error(`Base64 has ${text.length} characters; a multiple of 4 would be right.`);
  }
  const values = valuesByCode();
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Int8Array((text.length / 4) * 3 - padding);
  let written = 0;
  for (let at = 0; at < text.length; at += 4) {
    const group =
      (valueAt(values, text, at) << 18) |
      (valueAt(values, text, at + 1) << 12) |
      (valueAt(values, text, at + 2) << 6) |
      valueAt(values, text, at + 3);
    bytes[written++] = group >> 16;
    bytes[written++] = group >> 8;
    bytes[written++] = group;
  }
  return bytes;
}

function valuesByCode(): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let value = 0; value < alphabet.length; value++) values[alphabet.charCodeAt(value)] = value;
  return values;
}

function valueAt(values: Int8Array, text: string, at: number): number {
  if (text[at] === '=' && at >= text.length - 2) return 0;
  const value = values[text.charCodeAt(at)] ?? -1;
  if (value < 0) throw new Error(`Base64 has "${text[at]}" at position ${at}, which is not of its alphabet.`);
  return value;
}
