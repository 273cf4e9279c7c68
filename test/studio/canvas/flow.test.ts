import { describe, expect, it } from 'vitest';
import { type FlowView, projectEdges, projectNodes } from '../../../studio/canvas/flow.ts';
import { connect, layoutAll, moveNodes, renameNode } from '../../../studio/document/commands/index.ts';
import { aPolicy, smallGraph } from '../document/builders.ts';

const policy = layoutAll()(aPolicy(smallGraph));

function aView(view: Partial<FlowView> = {}): FlowView {
  return {
    marks: new Set(),
    selection: new Set(),
    selectedEdge: null,
    diagnostics: [],
    models: new Map(),
    health: new Map(),
    published: new Map(),
    taken: null,
    traffic: null,
    current: null,
    readOnly: false,
    ...view,
  };
}

describe('cards', () => {
  const cards = projectNodes(policy, aView(), []);

  it('stay the same objects when nothing changed', () => {
    expect(projectNodes(policy, aView(), cards)).toBe(cards);
  });

  it('are made anew only for the node that changed', () => {
    const after = projectNodes(renameNode('big', 'Strong')(policy), aView(), cards);
    expect(after.map((card, index) => card === cards[index])).toEqual([true, false, true]);
  });

  it('keep their data when a node moves, so that they are not drawn again', () => {
    const after = projectNodes(moveNodes(new Map([['big', [900, 900]]]))(policy), aView(), cards);
    expect(after[1]?.position).toEqual({ x: 900, y: 900 });
    expect(after[1]?.data).toBe(cards[1]?.data);
  });

  it('keep what the library measured', () => {
    const measured = cards.map((card) => ({ ...card, measured: { width: 240, height: 90 } }));
    const after = projectNodes(renameNode('big', 'Strong')(policy), aView(), measured);
    expect(after[1]?.measured).toEqual({ width: 240, height: 90 });
  });

  it('stay where they are dragged until the drag ends', () => {
    const dragged = cards.map((card) => ({ ...card, dragging: true, position: { x: 5, y: 5 } }));
    expect(projectNodes(policy, aView(), dragged)[0]?.position).toEqual({ x: 5, y: 5 });
  });

  it('let the Tab key reach exactly one', () => {
    const after = projectNodes(policy, aView({ current: 'small' }), cards);
    expect(after.filter((card) => card.domAttributes?.tabIndex === 0).map((card) => card.id)).toEqual([
      'small',
    ]);
  });

  it('tell a screen reader kind, name, exits and problems', () => {
    const diagnostics = [{ code: 'cycle', severity: 'error', node: 'long', message: 'x' }] as const;
    const [first] = projectNodes(renameNode('long', 'Long?')(policy), aView({ diagnostics }), []);
    expect(first?.ariaLabel).toBe('Condition “Long?”, requests come in here, 2 exits, 1 problem');
  });
});

describe('edges', () => {
  const edges = projectEdges(policy, aView(), []);

  it('are named by node and exit', () => {
    expect(edges.map((edge) => edge.id)).toEqual(['long:yes', 'long:else']);
  });

  it('stay the same objects when nothing about them changed', () => {
    const after = projectEdges(renameNode('small', 'Cheap')(policy), aView(), edges);
    expect(after[0]).toBe(edges[0]);
  });

  it('follow a new target', () => {
    const after = projectEdges(connect({ node: 'long', port: 'yes' }, 'small')(policy), aView(), edges);
    expect(after[0]?.target).toBe('small');
  });

  it('to nodes that do not exist are not drawn', () => {
    const broken = { ...policy, nodes: { long: policy.nodes.long!, big: policy.nodes.big! } };
    expect(projectEdges(broken, aView(), []).map((edge) => edge.id)).toEqual(['long:yes']);
  });

  it('off the highlighted path step back', () => {
    const taken = { nodes: new Set(['long', 'big']), edges: new Set(['long:yes']) };
    expect(projectEdges(policy, aView({ taken }), edges).map((edge) => edge.data?.tone)).toEqual([
      'taken',
      'dimmed',
    ]);
  });
});

describe('a model in trouble', () => {
  const view = aView({
    health: new Map([['openai/gpt-5-mini', { tone: 'bad', word: 'left alone', isTroubled: true }]]),
  });
  const cards = projectNodes(policy, view, projectNodes(policy, aView(), []));

  it('says so on its card, to a screen reader too; other cards are not drawn again', () => {
    expect(cards.map(({ id, data }) => [id, data.health?.word])).toEqual([
      ['long', undefined],
      ['big', undefined],
      ['small', 'left alone'],
    ]);
    expect(cards[2]?.ariaLabel).toMatch(/, left alone$/);
    expect(projectNodes(policy, view, cards)).toBe(cards);
  });
});
