import { cutText, cutToEnds } from './cut-text.ts';
import { hashBuckets, hashNgrams } from './hash-ngrams.ts';
import { makeRuleFilter } from './rule-filter.ts';
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
  const system = measureSystem(cutText(input.system ?? ''));
  const switches = [...matchRules(text, firstTextRule), ...system.switches];
  if ((input.tools ?? 0) > 0) switches.push(hasToolsRow);
  return [
    { rows: switches, value: switchValue },
    ...groupNgrams(text, textSeed, bodyLength, edgesLength),
    ...system.groups,
  ];
}

interface SystemFeatures {
  readonly switches: readonly number[];
  readonly groups: readonly FeatureGroup[];
}

const noSystem: SystemFeatures = { switches: [], groups: [] };
/** An application says the same to every model, so what was measured of the latest system prompts is kept. */
const measuredSystems = new Map<string, SystemFeatures>();
const mostSystems = 64;

function measureSystem(cut: string): SystemFeatures {
  if (cut === '') return noSystem;
  const known = measuredSystems.get(cut);
  if (known !== undefined) return known;
  const system = cut.toLowerCase();
  const measured = {
    switches: matchRules(system, firstSystemRule),
    groups: groupNgrams(system.slice(0, systemCharacters), systemSeed, systemLength, systemLength),
  };
  if (measuredSystems.size >= mostSystems) measuredSystems.clear();
  measuredSystems.set(cut, measured);
  return measured;
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

const filter = makeRuleFilter(taskRules.map(({ pattern }) => pattern));

function matchRules(text: string, firstRow: number): number[] {
  if (text === '') return [];
  const ends = cutToEnds(text);
  const rows: number[] = [];
  filter.read(text);
  for (const [at, rule] of taskRules.entries()) {
    if (!filter.mayMatch(at)) continue;
    if (rule.pattern.test(rule.sees === 'all' ? text : ends)) rows.push(firstRow + at);
  }
  return rows;
}
