import { cutText, cutToEnds } from './cut-text.ts';
import { makeRuleFilter } from './rule-filter.ts';
import { type Scan, scanText } from './scan-text.ts';
import { taskRules } from './task-rules.ts';
import { hashedRows, type VisitRows, visitTextRows } from './text-features.ts';

const textSeed = 1;
const systemSeed = 2;
const ruleCount = taskRules.length;
const firstTextRule = hashedRows;
const firstSystemRule = firstTextRule + 2 * ruleCount;
const hasToolsRow = firstSystemRule + 2 * ruleCount;

/** Rows of the weight table: hashed features, then rules on the text, rules on the system prompt, "has tools". */
export const featureRows = hasToolsRow + 1;

/** What a rule or a structural fact counts when it is there. */
const switchValue = 0.55;
const systemFactor = 0.7;
const systemCharacters = 300;

/** A text as it was read; the scan is good until the next text is visited. */
export interface ReadText {
  readonly text: string;
  readonly scan: Scan;
}

/** Visits the features of the user's turn. */
export function visitText(text: string, visit: VisitRows): ReadText {
  const cut = cutText(text).toLowerCase();
  visitRules(cut, firstTextRule, visit);
  const scan = scanText(cut);
  visitTextRows(cut, scan, textSeed, 1, visit);
  return { text: cut, scan };
}

/** Visits the features of the system prompt, of which the n-grams of the beginning count. */
export function visitSystem(system: string, visit: VisitRows): void {
  if (system === '') return;
  const cut = cutText(system).toLowerCase();
  visitRules(cut, firstSystemRule, visit);
  const beginning = cut.slice(0, systemCharacters);
  visitTextRows(beginning, scanText(beginning), systemSeed, systemFactor, visit);
}

/** Visits the facts that are not text: whether the request declares tools. */
export function visitStructure(tools: number | undefined, visit: VisitRows): void {
  if ((tools ?? 0) > 0) visit(toolsRow, 1, switchValue);
}

const toolsRow = Int32Array.of(hasToolsRow);
const filter = makeRuleFilter(taskRules.map(({ pattern }) => pattern));
const matched = new Int32Array(ruleCount);
const matchesEnds = new Uint8Array(ruleCount);

/** A rule that sees the whole text has two rows: one for a match at the ends, one for a match in between only. */
function visitRules(text: string, firstRow: number, visit: VisitRows): void {
  if (text === '') return;
  const ends = cutToEnds(text);
  const isCut = ends.length < text.length;
  let count = 0;
  matchesEnds.fill(0);
  filter.read(ends);
  for (let at = 0; at < ruleCount; at++) {
    if (!filter.mayMatch(at) || taskRules[at]?.pattern.test(ends) !== true) continue;
    matchesEnds[at] = 1;
    matched[count++] = firstRow + at;
  }
  if (isCut) filter.read(text);
  for (let at = 0; isCut && at < ruleCount; at++) {
    const rule = taskRules[at];
    if (rule?.sees !== 'all' || matchesEnds[at] === 1 || !filter.mayMatch(at)) continue;
    if (rule.pattern.test(text)) matched[count++] = firstRow + ruleCount + at;
  }
  if (count > 0) visit(matched, count, switchValue);
}
