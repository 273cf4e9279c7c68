import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../providers/sandbox/seeded-random.ts';

const examples = join(import.meta.dirname, 'examples');

/** English texts to learn an embedding from: a third whole sentences, the rest fragments of 3 to 10 words. Seeded. */
export function embeddingTexts(folder: string, count: number): readonly string[] {
  const random = seededRandom(11);
  const sentences = [...sentencesIn(folder), ...sentencesIn(examples)];
  const chosen = new Set<string>();
  for (let tries = 0; chosen.size < count / 3 && tries < count * 4; tries += 1) {
    const sentence = sentences[Math.floor(random() * sentences.length)] ?? '';
    if (sentence.length > 8 && sentence.length < 220) chosen.add(sentence);
  }
  for (let tries = 0; chosen.size < count && tries < count * 8; tries += 1) {
    const words = (sentences[Math.floor(random() * sentences.length)] ?? '').split(' ');
    const length = 3 + Math.floor(random() * 8);
    const from = Math.floor(random() * Math.max(1, words.length - length + 1));
    const fragment = words
      .slice(from, from + length)
      .join(' ')
      .slice(0, 100);
    if (fragment.length > 5) chosen.add(fragment);
  }
  return [...chosen];
}

function sentencesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl') && name !== 'check.jsonl')
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map(
      (line) =>
        JSON.parse(line) as { readonly text: string; readonly lang?: string; readonly share?: string },
    )
    .filter(({ lang, share }) => (lang ?? 'en') === 'en' && (share ?? 'ok').startsWith('ok'))
    .flatMap(({ text }) =>
      text
        .slice(0, 1_500)
        .replace(/\s+/g, ' ')
        .split(/(?<=[.!?;:])\s+/)
        .slice(0, 10),
    );
}
