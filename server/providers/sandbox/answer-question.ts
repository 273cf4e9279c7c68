import type { NeutralRequest } from '#engine/signals/index.ts';

/**
 * What the sandbox answers to a question of the gateway's own: a label for a judge classifier, a mark for the judge of a
 * cascade. By simple rules that say nothing about any model: words in common, and length. `undefined`: no such question.
 */
export function answerQuestion({ messages }: NeutralRequest): string | undefined {
  const system = messages.find(({ role }) => role === 'system')?.text ?? '';
  const asked = messages.findLast(({ role }) => role === 'user')?.text ?? '';
  if (system.startsWith('You classify one message.')) return answerLabel(system, asked);
  return system.startsWith('You judge the answer of an assistant.') ? answerMark(asked) : undefined;
}

/** The label whose name and description share most words with the message; none where none does. */
function answerLabel(system: string, asked: string): string {
  const message = wordsOf(between(asked, 'message'));
  const scored = [...system.matchAll(/^- ([a-z][\w-]*): (.*)$/gm)].map(([, label = '', when = '']) => ({
    label,
    shared: [...wordsOf(`${label.replaceAll(/[_-]/g, ' ')} ${when}`)].filter((word) => message.has(word))
      .length,
  }));
  const best = scored.toSorted((a, b) => b.shared - a.shared)[0];
  if (best === undefined || best.shared === 0) return written({ label: '', confidence: 0 });
  const total = scored.reduce((sum, { shared }) => sum + shared, 0);
  return written({ label: best.label, confidence: Math.round((best.shared / total) * 100) / 100 });
}

/** A mark for how much there is: nothing is 0, half of the task's length is 1; what repeats none of its words loses a third. */
function answerMark(asked: string): string {
  const task = between(asked, 'task');
  const answer = between(asked, 'answer').trim();
  if (answer === '') return written({ mark: 0 });
  const length = Math.min(1, answer.length / Math.max(40, task.length / 2));
  const words = wordsOf(answer);
  const shares = [...wordsOf(task)].some((word) => words.has(word));
  return written({ mark: Math.round(length * (shares ? 1 : 2 / 3) * 100) / 100 });
}

/** Marked as what it is, where whoever looks at the answer sees it. */
function written(answer: object): string {
  return JSON.stringify({ ...answer, sandbox: true });
}

function between(text: string, tag: string): string {
  return new RegExp(`<${tag}>\\n?([\\s\\S]*?)\\n?</${tag}>`).exec(text)?.[1] ?? text;
}

/** Words of four letters and more, by their first five: forms of a word count as one. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.map((word) => word.slice(0, 5)));
}
