import { cutText, cutToEnds } from './cut-text.ts';
import { hashBuckets, hashNgrams } from './hash-ngrams.ts';
import type { TaskInput } from './task-labels.ts';
import { taskRules } from './task-rules.ts';

/** Rows of the model's weight table that share one value. */
export interface FeatureGroup {
  readonly rows: readonly number[];
  readonly value: number;
}

const textSeed = 1;
const systemSeed = 2;
const firstTextRule = hashBuckets;
const firstSystemRule = firstTextRule + taskRules.length;
const hasToolsRow = firstSystemRule + taskRules.length;

/** Rows of the weight table: hashed n-grams, then rules on the text, rules on the system prompt, "has tools". */
export const featureRows = hasToolsRow + 1;

/** What a rule or a structural fact counts when it is there. */
const switchValue = 0.7;
/** Lengths of the n-gram groups as vectors. Edges have their own, so that a long paste cannot drown the instruction. */
const bodyLength = 1;
const edgesLength = 1;
const systemLength = 0.7;
const systemCharacters = 300;

/** Measures the features of a request; takes any string. */
export function measureTaskFeatures(input: TaskInput): readonly FeatureGroup[] {
  const text = cutText(input.text).toLowerCase();
  const system = cutText(input.system ?? '').toLowerCase();
  const switches = [...matchRules(text, firstTextRule), ...matchRules(system, firstSystemRule)];
  if ((input.tools ?? 0) > 0) switches.push(hasToolsRow);
  const groups = [
    { rows: switches, value: switchValue },
    ...groupNgrams(text, textSeed, bodyLength, edgesLength),
  ];
  if (system === '') return groups;
  return [
    ...groups,
    ...groupNgrams(system.slice(0, systemCharacters), systemSeed, systemLength, systemLength),
  ];
}

function groupNgrams(
  text: string,
  seed: number,
  bodyNorm: number,
  edgesNorm: number,
): readonly FeatureGroup[] {
  const { body, edges } = hashNgrams(text, seed);
  return [
    { rows: body, value: bodyNorm / Math.sqrt(Math.max(1, body.length)) },
    { rows: edges, value: edgesNorm / Math.sqrt(Math.max(1, edges.length)) },
  ];
}

function matchRules(text: string, firstRow: number): number[] {
  if (text === '') return [];
  const ends = cutToEnds(text);
  const rows: number[] = [];
  for (const [at, rule] of taskRules.entries()) {
    if (rule.pattern.test(rule.sees === 'all' ? text : ends)) rows.push(firstRow + at);
  }
  return rows;
}
