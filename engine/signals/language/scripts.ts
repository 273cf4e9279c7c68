/** Writing systems, as ranges of UTF-16 units, and the language of those that have only one. */
const scripts: readonly { readonly script: string; readonly from: number; readonly to: number }[] = [
  { script: 'latin', from: 0x41, to: 0x24f },
  { script: 'el', from: 0x370, to: 0x3ff },
  { script: 'cyrillic', from: 0x400, to: 0x52f },
  { script: 'hy', from: 0x530, to: 0x58f },
  { script: 'he', from: 0x590, to: 0x5ff },
  { script: 'arabic', from: 0x600, to: 0x77f },
  { script: 'devanagari', from: 0x900, to: 0x97f },
  { script: 'bn', from: 0x980, to: 0x9ff },
  { script: 'pa', from: 0xa00, to: 0xa7f },
  { script: 'gu', from: 0xa80, to: 0xaff },
  { script: 'ta', from: 0xb80, to: 0xbff },
  { script: 'te', from: 0xc00, to: 0xc7f },
  { script: 'kn', from: 0xc80, to: 0xcff },
  { script: 'ml', from: 0xd00, to: 0xd7f },
  { script: 'si', from: 0xd80, to: 0xdff },
  { script: 'th', from: 0xe00, to: 0xe7f },
  { script: 'lo', from: 0xe80, to: 0xeff },
  { script: 'my', from: 0x1000, to: 0x109f },
  { script: 'ka', from: 0x10a0, to: 0x10ff },
  { script: 'hangul', from: 0x1100, to: 0x11ff },
  { script: 'am', from: 0x1200, to: 0x139f },
  { script: 'km', from: 0x1780, to: 0x17ff },
  { script: 'latin', from: 0x1e00, to: 0x1eff },
  { script: 'kana', from: 0x3040, to: 0x30ff },
  { script: 'hangul', from: 0x3130, to: 0x318f },
  { script: 'han', from: 0x3400, to: 0x9fff },
  { script: 'hangul', from: 0xac00, to: 0xd7af },
  { script: 'han', from: 0xf900, to: 0xfaff },
];

/** A Chinese character or a syllable of Korean says as much as some letters do. */
const weights: Readonly<Record<string, number>> = { han: 3, hangul: 3, kana: 2, th: 1.5 };

/** By UTF-16 unit: one more than the place of its script in the list; 0 for digits, signs and the rest. */
const scriptOf = Uint8Array.from({ length: 0x1_0000 });
for (const [index, { from, to }] of scripts.entries()) scriptOf.fill(index + 1, from, to + 1);
for (const [from, to] of [
  [0x5b, 0x60],
  [0x7b, 0xbf],
]) {
  scriptOf.fill(0, from, (to ?? 0) + 1);
}

/** How much of a text each script writes, in letters of an alphabet. */
export function weighScripts(text: string): ReadonlyMap<string, number> {
  const counts = new Uint32Array(scripts.length + 1);
  for (let at = 0; at < text.length; at += 1) {
    const index = scriptOf[text.charCodeAt(at)] ?? 0;
    counts[index] = (counts[index] ?? 0) + 1;
  }
  const weighed = new Map<string, number>();
  for (const [index, { script }] of scripts.entries()) {
    const count = counts[index + 1] ?? 0;
    if (count > 0) weighed.set(script, (weighed.get(script) ?? 0) + count * (weights[script] ?? 1));
  }
  return weighed;
}
