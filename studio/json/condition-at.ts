import { signalNamed } from '../inspector/condition/signal-words.ts';

/** A condition in a line of a policy's text, and the place in it that a column of the line stands for. */
export interface ConditionPlace {
  readonly text: string;
  readonly at: number;
}

/** The condition under a column (from 0): the value of `when`, or a text that is a signal's name and nothing else. */
export function conditionAt(line: string, column: number): ConditionPlace | undefined {
  for (const found of line.matchAll(/"((?:[^"\\]|\\.)*)"\s*:\s*"((?:[^"\\]|\\.)*)"/g)) {
    const [whole, key = '', raw = ''] = found;
    const start = found.index + whole.length - 1 - raw.length;
    if (column < start || column >= start + raw.length) continue;
    const text = unescaped(raw);
    const before = unescaped(raw.slice(0, column - start)) ?? unescaped(raw.slice(0, column - start - 1));
    if (text === undefined || before === undefined) return undefined;
    return key === 'when' || signalNamed(text) !== undefined ? { text, at: before.length } : undefined;
  }
  return undefined;
}

function unescaped(raw: string): string | undefined {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return undefined;
  }
}
