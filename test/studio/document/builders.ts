import type { PolicyNode } from '#engine/nodes/index.ts';
import { Policy } from '#engine/policy/index.ts';
import { createDocument } from '../../../studio/document/document.ts';
import type { DocumentOptions } from '../../../studio/document/document-state.ts';

export const model = (target = 'openai/gpt-5-mini'): PolicyNode => ({ kind: 'model', target });

export const condition = (yes: string | null, no: string | null): PolicyNode => ({
  kind: 'condition',
  cases: [{ id: 'yes', when: 'request.tools > 0', to: yes }],
  else: no,
});

/** A policy of these nodes; the first is the entry. */
export function aPolicy(nodes: Record<string, PolicyNode>, layout: Policy['layout'] = {}): Policy {
  return Policy.parse({
    format: 1,
    id: 'test',
    name: 'Test',
    entry: Object.keys(nodes)[0] ?? null,
    nodes,
    layout,
  });
}

/** A condition that leads to one model or another, as a document whose timers run at once. */
export function aDocument(policy = aPolicy(smallGraph), options: Partial<DocumentOptions> = {}) {
  return createDocument(policy, { revision: 1, later: (task) => task(), ...options });
}

export const smallGraph: Record<string, PolicyNode> = {
  long: condition('big', 'small'),
  big: model('anthropic/claude-opus-5'),
  small: model(),
};

/** `localStorage` without a browser. */
export function aStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}
