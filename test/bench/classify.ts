import { parseArgs } from 'node:util';
import difficultyFile from '#engine/classify/difficulty-figures.generated.json' with { type: 'json' };
import { classifyTask } from '#engine/classify/index.ts';
import figuresFile from '#engine/classify/task-figures.generated.json' with { type: 'json' };
import { collectSamples } from '#server/training/collect-samples.ts';
import { fillTemplates } from '#server/training/prompt-templates.ts';
import { readExamples } from '#server/training/read-prompts.ts';
import { describeFigures, describeSources } from '#server/training/report.ts';
import type { TaskFigures } from '#server/training/task-figures.ts';
import { describeDifficulty, trainDifficulty } from '#server/training/train-difficulty.ts';
import { measureUnseen } from '#server/training/train-task-model.ts';
import { median, printTable } from './print-table.ts';

/**
 * How often the task classifier is right on sources it never saw, how far its confidence can be trusted, and what it
 * takes. With `--data FOLDER` (and `--routing FOLDER`) everything is measured again, in a few minutes; else the figures
 * are those that training wrote beside the weights.
 */
export async function run(): Promise<void> {
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: { data: { type: 'string' }, routing: { type: 'string' } },
    allowPositionals: true,
  });
  const shipped: TaskFigures = figuresFile;
  const figures = values.data === undefined ? shipped : measureUnseen(collectSamples(values.data));
  console.log(
    values.data === undefined
      ? '  as training wrote them beside the weights; --data FOLDER measures again\n'
      : `  measured now on ${values.data}\n`,
  );
  for (const line of [...describeFigures(figures), '', ...describeSources(figures)]) console.log(`  ${line}`);
  const difficulty = values.routing === undefined ? difficultyFile : trainDifficulty(values.routing).figures;
  console.log(
    `\n  difficulty${values.routing === undefined ? ', as training wrote it' : ', measured now'}\n`,
  );
  for (const line of describeDifficulty(difficulty)) console.log(`  ${line}`);
  console.log('\n  time of one classification, measured now\n');
  timeClassification();
}

function timeClassification(): void {
  const { first, later } = readExamples();
  const texts = [...first, ...later, ...fillTemplates(11)].map(({ text }) => text);
  const long = texts.join('\n\n');
  const sizes: readonly (readonly [string, readonly string[]])[] = [
    ['our examples as they are', texts],
    ['200 characters', cutInto(long, 200)],
    ['2,000 characters', cutInto(long, 2_000)],
    ['20,000 characters', cutInto(long.repeat(8), 20_000)],
  ];
  printTable(
    ['text', 'p50 µs', 'p99 µs'],
    sizes.map(([name, samples]) => [name, ...timeAll(samples.slice(0, 1_000))]),
  );
}

function timeAll(texts: readonly string[]): readonly [number, number] {
  for (let round = 0; round < 3; round++) for (const text of texts) classifyTask({ text });
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    for (const text of texts) {
      const start = performance.now();
      classifyTask({ text });
      times.push((performance.now() - start) * 1_000);
    }
  }
  const sorted = times.toSorted((one, other) => one - other);
  return [median(sorted), sorted[Math.floor(sorted.length * 0.99)] ?? 0];
}

function cutInto(text: string, length: number): readonly string[] {
  return Array.from({ length: Math.floor(text.length / length) }, (_, at) =>
    text.slice(at * length, (at + 1) * length),
  );
}
