import type { NodeKindName } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';

type Draft = Omit<Policy, 'id' | 'name'>;

/** A drawing to start from. */
export interface Template {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** The kind that decides in it. */
  readonly kind: NodeKindName;
  readonly draft: Draft;
}

const format = 1;

/** What “New policy” offers beside an empty canvas. */
export const templates: readonly Template[] = [
  {
    id: 'by-task',
    kind: 'classifier',
    title: 'By task',
    summary: 'Code and maths go to a strong model with a fallback, everything else to a cheap one.',
    draft: {
      format,
      entry: 'task',
      nodes: {
        task: {
          kind: 'classifier',
          label: 'What is asked?',
          classifier: 'task',
          ports: { code: 'strong', math_reasoning: 'strong' },
          otherwise: 'cheap',
          confidence: 0.55,
        },
        strong: {
          kind: 'fallback',
          label: 'Strong, with a net',
          try: ['first', 'second'],
          on: ['rate_limit', 'timeout', 'server_error', 'network', 'unavailable'],
        },
        first: { kind: 'model', target: 'anthropic/claude-opus-5' },
        second: { kind: 'model', target: 'openai/gpt-5.5' },
        cheap: { kind: 'model', target: 'openai/gpt-5-mini' },
      },
      layout: { task: [0, 120], strong: [320, 20], first: [640, -40], second: [640, 80], cheap: [320, 260] },
    },
  },
  {
    id: 'by-size',
    kind: 'condition',
    title: 'By size',
    summary: 'Long inputs go to a model with a wide and cheap context window.',
    draft: {
      format,
      entry: 'size',
      nodes: {
        size: {
          kind: 'condition',
          label: 'How long is it?',
          cases: [{ id: 'long', label: 'long', when: 'request.input_tokens > 60000', to: 'wide' }],
          else: 'usual',
        },
        wide: { kind: 'model', target: 'google/gemini-2.5-flash' },
        usual: { kind: 'model', target: 'openai/gpt-5-mini' },
      },
      layout: { size: [0, 80], wide: [340, 0], usual: [340, 160] },
    },
  },
  {
    id: 'trial',
    kind: 'split',
    title: 'Careful trial',
    summary: 'A tenth of the sessions try another model; each session stays on its arm.',
    draft: {
      format,
      entry: 'share',
      nodes: {
        share: {
          kind: 'split',
          label: 'Who tries it?',
          by: 'session.id',
          arms: [
            { id: 'usual', label: 'usual', share: 0.9, to: 'usual' },
            { id: 'trial', label: 'trial', share: 0.1, to: 'trial' },
          ],
        },
        usual: { kind: 'model', target: 'openai/gpt-5.5' },
        trial: { kind: 'model', target: 'openai/gpt-5-mini' },
      },
      layout: { share: [0, 80], usual: [340, 0], trial: [340, 160] },
    },
  },
];
