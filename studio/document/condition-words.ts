import { signalRegistry } from '#engine/signals/index.ts';

const names = signalRegistry
  .map((signal) => signal.name)
  .toSorted((left, right) => right.length - left.length);
const pattern = new RegExp(`\\b(${names.map((name) => name.replaceAll('.', '\\.')).join('|')})\\b`, 'g');

/** A condition short enough for a card: `request.input_tokens > 60000` → `input tokens > 60,000`. Quoted text stays. */
export function shortCondition(text: string): string {
  return text
    .split(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/)
    .map((part, index) => (index % 2 === 1 ? part : shortCode(part)))
    .join('');
}

function shortCode(part: string): string {
  return part
    .replaceAll(pattern, (name) => (name.split('.').at(-1) ?? name).replaceAll('_', ' '))
    .replaceAll(/(?<![\w.])\d{4,}(?![\w.])/g, (digits) => digits.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ','))
    .replaceAll('&&', 'and')
    .replaceAll('||', 'or');
}
