import { rowOperators } from '#engine/expression/index.ts';
import { type SignalDefinition, signalRegistry } from '#engine/signals/index.ts';
import {
  type CelWord,
  functionWords,
  joinWords,
  listMethodWords,
  textMethodWords,
  wordOfSignal,
} from './cel-words.ts';
import { likelyValues, signalNamed } from './signal-words.ts';

export interface Completion {
  /** What is written into the text. */
  readonly insert: string;
  readonly label: string;
  /** Its unit, else its type. */
  readonly detail: string;
  /** Type and unit. */
  readonly type?: string;
  readonly meaning: string;
  readonly example?: string | undefined;
}

/** What could stand at a place of a condition, and which part of the text it would replace. */
export interface Completions {
  readonly from: number;
  readonly to: number;
  readonly items: readonly Completion[];
}

/** Proposals at the caret: signals by any part of their name, methods behind a text, operators, likely values. */
export function completionsAt(text: string, caret: number): Completions {
  const before = text.slice(0, caret);
  const quoted = /([A-Za-z_][\w.]*)\s*(?:==|!=|in\s*\[(?:[^\]]*,)?)\s*"([^"]*)$/.exec(before);
  if (quoted !== null) return valuesInQuotes(text, caret, quoted[1] ?? '', quoted[2] ?? '');
  if (isInsideText(before)) return none(caret);
  const word = /[A-Za-z_][\w.]*$/.exec(before)?.[0] ?? '';
  const from = caret - word.length;
  const method = /^(.+)\.(\w*)$/.exec(word);
  const owner = method === null ? undefined : signalNamed(method[1] ?? '');
  if (owner !== undefined) {
    const start = caret - (method?.[2]?.length ?? 0);
    return { from: start, to: caret, items: fitting(methodsOf(owner), method?.[2] ?? '') };
  }
  if (word !== '') return { from, to: caret, items: fitting([...signals, ...functions], word) };
  return { from, to: caret, items: afterBlank(before) };
}

function none(caret: number): Completions {
  return { from: caret, to: caret, items: [] };
}

function isInsideText(before: string): boolean {
  return (before.replaceAll(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
}

function valuesInQuotes(text: string, caret: number, signal: string, typed: string): Completions {
  const definition = signalNamed(signal);
  const close = text.charAt(caret) === '"' ? '' : '"';
  const items = likelyValues(signal).map((value) => ({
    insert: `${value}${close}`,
    label: value,
    detail: 'value',
    meaning: definition?.meaning ?? '',
  }));
  return { from: caret - typed.length, to: caret, items: fitting(items, typed) };
}

const signals: readonly Completion[] = signalRegistry.map((signal: SignalDefinition) =>
  proposal(wordOfSignal(signal)),
);
const functions = functionWords.map(proposal);
const textMethods = textMethodWords.map(proposal);
const listMethods = listMethodWords.map(proposal);

function proposal(word: CelWord): Completion {
  const insert = word.insert ?? word.name;
  const { unit, type, meaning, example } = word;
  return { insert, label: insert, detail: unit ?? type, type, meaning, example };
}

function entry(insert: string, detail: string, meaning: string): Completion {
  return { insert, label: insert, detail, meaning };
}

function methodsOf({ valueType }: SignalDefinition): readonly Completion[] {
  return valueType === 'string' ? textMethods : valueType === 'string_list' ? listMethods : [];
}

const joins = joinWords.map(proposal);

/** Behind a blank: an operator where a signal stands before it, a value behind an operator, else a signal. */
function afterBlank(before: string): readonly Completion[] {
  const trimmed = before.trimEnd();
  const compared = /([A-Za-z_][\w.]*)\s*(==|!=|<=|>=|<|>)$/.exec(trimmed);
  if (compared !== null) return valuesAfter(compared[1] ?? '');
  const last = /([A-Za-z_][\w.]*)$/.exec(trimmed)?.[1];
  const signal = last === undefined ? undefined : signalNamed(last);
  if (signal !== undefined && before !== trimmed) return operatorsOf(signal);
  if (/[\w)"\]]$/.test(trimmed) && before !== trimmed) return joins;
  return trimmed === '' || /(&&|\|\||!|\()$/.test(trimmed) ? [...signals, ...functions] : [];
}

function valuesAfter(name: string): readonly Completion[] {
  const signal = signalNamed(name);
  if (signal === undefined) return [];
  const quote = signal.valueType === 'string' ? '"' : '';
  return likelyValues(name).map((value) => entry(`${quote}${value}${quote}`, 'value', signal.meaning));
}

function operatorsOf(signal: SignalDefinition): readonly Completion[] {
  if (signal.valueType === 'bool') return joins;
  return rowOperators[signal.valueType].flatMap(({ id, label }) => {
    if (id === 'in') return [entry('in [', 'operator', `${signal.name} ${label} …`)];
    return /^[=!<>]/.test(id) ? [entry(`${id} `, 'operator', `${signal.name} ${label} …`)] : [];
  });
}

/** Those that fit what was typed, best first: by start, by start of a part, by anywhere. */
function fitting(items: readonly Completion[], typed: string): readonly Completion[] {
  const wanted = typed.toLowerCase();
  const rank = ({ label }: Completion): number => {
    const name = label.toLowerCase();
    if (name.startsWith(wanted)) return 0;
    if (name.split(/[._]/).some((part) => part.startsWith(wanted))) return 1;
    return name.includes(wanted) ? 2 : 3;
  };
  return items
    .filter((item) => rank(item) < 3 && item.insert !== typed)
    .toSorted((left, right) => rank(left) - rank(right))
    .slice(0, 40);
}
