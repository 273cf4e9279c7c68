import { cutText, cutToEnds } from './cut-text.ts';
import { hashBuckets, hashNgrams } from './hash-ngrams.ts';
import type { TaskInput } from './task-labels.ts';
import { taskRules } from './task-rules.ts';

/** A request as rows of the model's weight table, one list for each sort, because each sort has its own value. */
export interface TaskFeatures {
  readonly text: readonly number[];
  readonly system: readonly number[];
  readonly switches: readonly number[];
}

const textSeed = 1;
const systemSeed = 2;
const firstTextRule = hashBuckets;
const firstSystemRule = firstTextRule + taskRules.length;
const hasToolsRow = firstSystemRule + taskRules.length;

/** Rows of the weight table: hashed n-grams, then rules on the text, rules on the system prompt, "has tools". */
export const featureRows = hasToolsRow + 1;

/** What a rule or a structural fact counts when it is there; an n-gram counts 1 / √(number of n-grams). */
export const switchValue = 0.7;
const systemLength = 300;
const systemNorm = 0.7;

/** Measures the features of a request; takes any string. */
export function measureTaskFeatures(input: TaskInput): TaskFeatures {
  const text = cutText(input.text).toLowerCase();
  const system = cutText(input.system ?? '').toLowerCase();
  const switches = [...matchRules(text, firstTextRule), ...matchRules(system, firstSystemRule)];
  if ((input.tools ?? 0) > 0) switches.push(hasToolsRow);
  return {
    text: hashNgrams(text, textSeed),
    system: system === '' ? [] : hashNgrams(system.slice(0, systemLength), systemSeed),
    switches,
  };
}

/** The values that go with `text` and `system` rows: each list has a fixed length as a vector. */
export function ngramValues(features: TaskFeatures): { readonly text: number; readonly system: number } {
  return {
    text: 1 / Math.sqrt(Math.max(1, features.text.length)),
    system: systemNorm / Math.sqrt(Math.max(1, features.system.length)),
  };
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
