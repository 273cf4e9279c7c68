import { taskLabels } from '#engine/classify/task-labels.ts';
import { type SignalDefinition, signalRegistry } from '#engine/signals/index.ts';

/** The declaration of a signal by name; `undefined` for a text that names none. */
export function signalNamed(name: string): SignalDefinition | undefined {
  return byName.get(name);
}
const byName: ReadonlyMap<string, SignalDefinition> = new Map(
  signalRegistry.map((signal): [string, SignalDefinition] => [signal.name, signal]),
);

/** A signal as the builder calls it: `request.input_tokens` → “Input tokens”, `caller.team` → “Caller team”. */
export function wordsForSignal(name: string): string {
  const [head = '', tail] = name.split('.');
  const words = tail === undefined ? head : head === 'request' ? tail : `${head} ${tail}`;
  const text = words.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Signals by what they are about, for a select. */
export const signalGroups: { group: string; items: { value: string; label: string }[] }[] = [
  'request',
  'task',
  'agent',
  'classifiers',
  'caller',
  'session',
  'health',
  'limits',
  'budget',
  'time',
  'draw',
].map((head) => ({
  group: head === 'draw' ? 'Chance' : head.charAt(0).toUpperCase() + head.slice(1),
  items: signalRegistry
    .filter(({ name }) => name.split('.')[0] === head)
    .map(({ name }) => ({ value: name, label: wordsForSignal(name) })),
}));

/** Values an author is likely to compare a signal with. */
export function likelyValues(name: string): readonly string[] {
  if (name === 'task.label') return taskLabels;
  return signalNamed(name)?.examples ?? [];
}
