import { describe, expect, it } from 'vitest';
import { parsePolicy, semanticHash, writePolicy } from '#engine/policy/index.ts';
import { aPolicy, calls } from '../builders.ts';

const nodes = {
  task: {
    kind: 'classifier',
    classifier: 'task',
    ports: { summarization: 'small', code: 'try' },
    otherwise: 'small',
    confidence: 0.55,
  },
  try: { kind: 'fallback', try: ['big', 'small'] },
  big: calls('anthropic/claude-opus-5'),
  small: { ...calls('openai/gpt-5-mini'), parameters: { temperature: 0.2 } },
};

describe('writing a policy', () => {
  it('sorts nodes, leaves defaults out and puts one node on a line', () => {
    expect(writePolicy(aPolicy(nodes, { layout: { try: [320, 0], task: [0, 120] } }))).toBe(`{
  "format": 1,
  "id": "test",
  "name": "Test",
  "entry": "task",
  "nodes": {
    "big": { "kind": "model", "target": "anthropic/claude-opus-5" },
    "small": { "kind": "model", "target": "openai/gpt-5-mini", "parameters": { "temperature": 0.2 } },
    "task": {
      "kind": "classifier",
      "ports": { "code": "try", "summarization": "small" },
      "otherwise": "small"
    },
    "try": { "kind": "fallback", "try": ["big", "small"] }
  },
  "layout": {
    "task": [0, 120],
    "try": [320, 0]
  }
}
`);
  });

  it('is read back as it was', () => {
    const policy = aPolicy(nodes);
    expect(parsePolicy(writePolicy(policy))).toEqual({ kind: 'ok', policy });
  });
});

describe('the semantic hash', () => {
  const hash = semanticHash(aPolicy(nodes));

  it('does not see layout, names, labels, descriptions or the order of nodes', () => {
    const reversed = Object.fromEntries(
      Object.entries({ ...nodes, big: { ...nodes.big, label: 'Big', description: 'x' } }).reverse(),
    );
    expect(
      semanticHash(
        aPolicy(reversed, { entry: 'task', layout: { big: [1, 2] }, name: 'Other', description: 'y' }),
      ),
    ).toBe(hash);
  });

  it('sees a changed target, threshold, order of tries or entry', () => {
    const others = [
      aPolicy({ ...nodes, big: calls('openai/gpt-5.5') }),
      aPolicy({ ...nodes, task: { ...nodes.task, confidence: 0.6 } }),
      aPolicy({ ...nodes, try: { kind: 'fallback', try: ['small', 'big'] } }),
      aPolicy(nodes, { entry: 'try' }),
    ];
    expect(new Set([hash, ...others.map(semanticHash)]).size).toBe(5);
  });
});
