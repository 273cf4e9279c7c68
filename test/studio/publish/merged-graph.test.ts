import { describe, expect, it } from 'vitest';
import { diffPolicies } from '#engine/policy/diff/index.ts';
import { Policy } from '#engine/policy/index.ts';
import { isSameButPlaces, linesOfPolicy } from '../../../studio/publish/change-lines.ts';
import { mergeGraphs } from '../../../studio/publish/merged-graph.ts';
import { placeMerged } from '../../../studio/publish/place-merged.ts';

const cheap = { kind: 'model', label: 'Cheap', target: 'openai/gpt-5-mini' };
const strong = { kind: 'model', label: 'Strong', target: 'openai/gpt-5.5' };
const aSize = (when: string, to: string, other = 'cheap') => ({
  kind: 'condition',
  label: 'Size?',
  cases: [{ id: 'huge', when, to }],
  else: other,
});

function aPolicy(nodes: object, others: object = {}): Policy {
  return Policy.parse({ format: 1, id: 'p', name: 'P', entry: 'size', nodes, ...others });
}

const before = aPolicy({ size: aSize('request.input_tokens > 60000', 'strong'), cheap, strong });

function merged(after: Policy) {
  const sides = { before, after };
  const diff = diffPolicies(before, after);
  const graph = mergeGraphs(sides, diff);
  const node = (id: string) => graph.nodes.find((one) => one.id === id);
  const edges = Object.fromEntries(graph.edges.map(({ id, change }) => [id, change]));
  return { diff, sides, graph, node, edges };
}

describe('two policies as one drawing', () => {
  it('tells what was added and removed, with the edges that came and went', () => {
    const wide = { ...cheap, label: 'Wide' };
    const { node, edges } = merged(
      aPolicy({ size: aSize('request.input_tokens > 60000', 'wide'), cheap, wide }),
    );
    expect(node('wide')?.change).toBe('added');
    expect(node('strong')?.change).toBe('removed');
    expect(edges).toEqual({ 'size:huge': 'moved', 'size:else': 'same', 'size:huge before': 'left' });
  });

  it('tells a setting with its value before and after', () => {
    const { node } = merged(aPolicy({ size: aSize('request.input_tokens > 9000', 'strong'), cheap, strong }));
    expect(node('size')).toMatchObject({
      change: 'changed',
      lines: [
        {
          what: 'cases.huge.when',
          before: 'request.input_tokens > 60000',
          after: 'request.input_tokens > 9000',
        },
      ],
    });
    expect(node('cheap')).toMatchObject({ change: 'same', lines: [] });
  });

  it('calls a node moved of which only an exit leads elsewhere, and names what it leads to', () => {
    const { node } = merged(
      aPolicy({ size: aSize('request.input_tokens > 60000', 'strong', 'strong'), cheap, strong }),
    );
    expect(node('size')?.change).toBe('moved');
    expect(node('size')?.lines[0]).toMatchObject({ before: 'Cheap', after: 'Strong' });
  });

  it('tells a new name apart from what decides, and a new entry', () => {
    const renamed = { ...strong, label: 'Strongest' };
    const size = aSize('request.input_tokens > 60000', 'strong');
    const after = aPolicy({ size, cheap, strong: renamed }, { entry: 'cheap' });
    const { node, diff, sides } = merged(after);
    expect(node('strong')?.change).toBe('relabelled');
    expect(linesOfPolicy(diff, sides)).toEqual([{ what: 'begins at', before: 'Size?', after: 'Cheap' }]);
  });

  it('takes another place for no difference, and lays all out without overlap', () => {
    const same = aPolicy({ ...before.nodes }, { layout: { size: [400, 80], cheap: [0, 0] } });
    const { diff, graph } = merged(same);
    expect(isSameButPlaces(diff)).toBe(true);
    expect(graph.nodes.map(({ change }) => change)).toEqual(['same', 'same', 'same']);
    const places = [...placeMerged(graph).values()];
    for (const [index, one] of places.entries())
      for (const other of places.slice(index + 1)) {
        const apart =
          one.x + one.width <= other.x ||
          other.x + other.width <= one.x ||
          one.y + one.height <= other.y ||
          other.y + other.height <= one.y;
        expect(apart).toBe(true);
      }
  });
});
