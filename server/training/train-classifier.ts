import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fitTemperature } from './calibrate.ts';
import { collectSamples } from './collect-samples.ts';
import { scoreHandLabelled, scoreUnseen, trainShifted } from './leave-one-out.ts';
import { quantizeWeights } from './quantize-weights.ts';
import { describeMaterial, describeOverall, describeRealUse, describeSources } from './report.ts';

const settings = { epochs: 4, rate: 1, decay: 0.1, seed: 20_261_122 };
const target = join(import.meta.dirname, '../../engine/classify/task-weights.generated.json');

/** `npm run train -- --data FOLDER`: measures on unseen sources, trains on all, writes the weights. */
function trainClassifier(): void {
  const { values } = parseArgs({ options: { data: { type: 'string' } } });
  if (values.data === undefined) throw new Error('Name the folder of labelled prompts: --data FOLDER');
  const samples = collectSamples(values.data);
  print(describeMaterial(samples));

  const unseen = scoreUnseen(samples, settings);
  const temperature = fitTemperature(unseen);
  print(describeSources(unseen));
  print(describeOverall(unseen));
  print(describeRealUse(scoreHandLabelled(samples, settings), temperature));

  const text = `${JSON.stringify(quantizeWeights(trainShifted(samples, settings), temperature))}\n`;
  writeFileSync(target, text);
  print([`temperature ${temperature}; ${samples.length} rows; wrote ${text.length} bytes`]);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

trainClassifier();
