import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describeFigures, describeMaterial, describeSources } from './report.ts';
import { describeDifficulty, trainDifficulty } from './train-difficulty.ts';
import { trainTaskModel } from './train-task-model.ts';

/**
 * `npm run train -- --data FOLDER [--routing FOLDER] [--out FOLDER]`: measures on unseen sources, trains on all, writes
 * weights and figures. Without `--routing` the difficulty weights stay as they are.
 */
function trainClassifier(): void {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, routing: { type: 'string' }, out: { type: 'string' } },
  });
  if (values.data === undefined && values.routing === undefined)
    throw new Error(
      'Name the folder of labelled prompts, --data FOLDER, that of outcomes, --routing FOLDER, or both.',
    );
  const out = values.out ?? join(import.meta.dirname, '../../engine/classify');
  if (values.data !== undefined) {
    const { weights, figures } = trainTaskModel(values.data);
    print(describeMaterial(figures));
    print(describeSources(figures));
    print(describeFigures(figures));
    write(out, 'task-weights.generated.json', weights);
    write(out, 'task-figures.generated.json', figures);
  }
  if (values.routing !== undefined) {
    const { weights, figures } = trainDifficulty(values.routing);
    print(describeDifficulty(figures));
    write(out, 'difficulty-weights.generated.json', weights);
    write(out, 'difficulty-figures.generated.json', figures);
  }
}

function write(folder: string, name: string, value: unknown): void {
  const text = `${JSON.stringify(value)}\n`;
  writeFileSync(join(folder, name), text);
  print([`wrote ${name}: ${text.length} bytes`]);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

trainClassifier();
