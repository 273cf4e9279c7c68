import type { TaskLabel } from '#engine/classify/task-labels.ts';
import { taskLabels } from '#engine/classify/task-labels.ts';
import { seededRandom } from '../providers/sandbox/seeded-random.ts';
import templates from './prompt-templates.json' with { type: 'json' };

export interface Prompt {
  readonly label: TaskLabel;
  readonly text: string;
  readonly tools: number;
}

const promptsPerLabel = 240;
/** Share of prompts for other tasks that declare tools too, as chat clients do: tools are a hint, not the answer. */
const strayTools = 0.08;
const slots: Readonly<Record<string, readonly string[]>> = templates.slots;

/**
 * Fills our own templates with seeded chance. The same passages appear under several labels, so that the
 * instruction, not the pasted text, carries the label.
 */
export function fillTemplates(seed: number): readonly Prompt[] {
  const random = seededRandom(seed);
  return taskLabels.flatMap((label) =>
    Array.from({ length: promptsPerLabel }, (_, at) => {
      const frames = templates.frames[label];
      const text = fillFrame(frames[at % frames.length] ?? '', random);
      return { label, text, tools: random() < (label === 'agent_tools' ? 0.5 : strayTools) ? 1 : 0 };
    }),
  );
}

/** Replaces every `{slot}` by a value of that slot, `{document}` by several passages; other names stay as they are. */
function fillFrame(frame: string, random: () => number): string {
  const text = frame.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name === 'document' ? joinPassages(random) : (pick(slots[name], random) ?? whole),
  );
  return random() < 0.3 ? text.toLowerCase() : text;
}

function joinPassages(random: () => number): string {
  const sort = random() < 0.6 ? slots.manual : slots.passage;
  const count = 2 + Math.floor(random() * 6);
  return Array.from({ length: count }, () => pick(sort, random) ?? '').join('\n\n');
}

function pick(values: readonly string[] | undefined, random: () => number): string | undefined {
  return values?.[Math.floor(random() * values.length)];
}
