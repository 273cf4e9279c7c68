import { requiredTexts } from './required-texts.ts';

/** Slots that short sequences of letters are hashed to. */
const slots = 1 << 14;
/** The longest sequence that is looked up. */
const longest = 3;

/** Tells in a moment which patterns cannot match, so that few of them have to be run: running all is most of the work. */
export interface RuleFilter {
  /** Reads a text; the answers of `mayMatch` are about it from then on. */
  read(text: string): void;
  /** `false` is certain; `true` means that the pattern has to be run. */
  mayMatch(rule: number): boolean;
}

/** Made once; keeps one table of marks that every text writes over. */
export function makeRuleFilter(patterns: readonly RegExp[]): RuleFilter {
  const needs = patterns.map((pattern) => requiredTexts(pattern)?.map(slotsOf) ?? null);
  const marks = new Uint16Array(slots);
  let round = 0;
  return {
    read: (text) => {
      round = round === 0xffff ? 1 : round + 1;
      if (round === 1) marks.fill(0);
      markAll(text, marks, round);
    },
    mayMatch: (rule) => {
      const alternatives = needs[rule];
      if (alternatives === null || alternatives === undefined) return true;
      for (const needed of alternatives) if (isMarked(needed, marks, round)) return true;
      return false;
    },
  };
}

function isMarked(needed: readonly number[], marks: Uint16Array, round: number): boolean {
  for (const slot of needed) if (marks[slot] !== round) return false;
  return true;
}

function markAll(text: string, marks: Uint16Array, round: number): void {
  let before = 0;
  let last = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    marks[slotOf(0, 0, code)] = round;
    marks[slotOf(0, last, code)] = round;
    marks[slotOf(before, last, code)] = round;
    before = last;
    last = code;
  }
}

/** The slots of all sequences of three letters, or of the whole text where it is shorter. */
function slotsOf(text: string): readonly number[] {
  const codes = [...Array(text.length).keys()].map((at) => text.charCodeAt(at));
  if (codes.length < longest) return [slotOf(0, codes.length === 2 ? (codes[0] ?? 0) : 0, codes.at(-1) ?? 0)];
  return codes.slice(longest - 1).map((code, at) => slotOf(codes[at] ?? 0, codes[at + 1] ?? 0, code));
}

function slotOf(before: number, last: number, code: number): number {
  const mixed = Math.imul(Math.imul(before, 0x9e3779b1) ^ Math.imul(last, 0x85ebca6b) ^ code, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 15)) & (slots - 1);
}
