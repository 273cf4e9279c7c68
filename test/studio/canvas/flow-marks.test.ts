import { describe, expect, it } from 'vitest';
import { withMembers } from '../../../studio/canvas/drag-groups.ts';
import { projectEdges, projectNodes } from '../../../studio/canvas/flow.ts';
import { projectMarks } from '../../../studio/canvas/flow-marks.ts';
import { readInline, readMarkup } from '../../../studio/canvas/note-markup.ts';
import { walkDrawn } from '../../../studio/canvas/walk-drawn.ts';
import { addNote, changeGroup, groupNodes } from '../../../studio/document/commands/index.ts';
import { aPolicy, smallGraph } from '../document/builders.ts';
import { aView } from './a-view.ts';

const open = addNote('why', { at: [420, 140], size: [120, 60], text: 'Why' })(
  groupNodes('g', 'Answers', ['big', 'small'])(
    aPolicy(smallGraph, { long: [0, 0], big: [400, 0], small: [400, 300] }),
  ),
);
const folded = changeGroup('g', { collapsed: true })(open);

describe('notes and groups as they are drawn', () => {
  const cards = projectNodes(open, aView(), []);
  const marks = projectMarks(open, aView(), cards, []);

  it('stay the same objects when nothing changed', () => {
    expect(marks.map(({ id, type }) => [id, type])).toEqual([
      ['group:g', 'frame'],
      ['note:why', 'note'],
    ]);
    expect(projectMarks(open, aView(), cards, marks)).toBe(marks);
  });

  it('follow while a node of the frame is dragged', () => {
    const dragged = cards.map((card) =>
      card.id === 'small' ? { ...card, position: { x: 400, y: 500 } } : card,
    );
    const [frame] = projectMarks(open, aView(), dragged, marks);
    expect((frame?.height ?? 0) - (marks[0]?.height ?? 0)).toBe(200);
  });

  it('take their nodes and notes along while the frame is dragged', () => {
    const from = marks[0]?.position ?? { x: 0, y: 0 };
    const change = {
      id: 'group:g',
      type: 'position',
      position: { x: from.x + 30, y: from.y },
      dragging: true,
    } as const;
    const moved = withMembers(open, [change], cards, marks).flatMap((one) =>
      one.type === 'position' ? [[one.id, one.position?.x]] : [],
    );
    expect(moved).toEqual([
      ['group:g', from.x + 30],
      ['big', 430],
      ['small', 430],
      ['note:why', 450],
    ]);
  });

  it('are one card when folded: its nodes and the notes inside are not drawn, its edges are', () => {
    const left = projectNodes(folded, aView(), cards);
    expect(left.map(({ id }) => id)).toEqual(['long']);
    expect(projectMarks(folded, aView(), left, marks).map(({ id, type }) => [id, type])).toEqual([
      ['group:g', 'fold'],
    ]);
    const edges = projectEdges(folded, aView(), []);
    expect(edges.map(({ id, target, targetHandle }) => [id, target, targetHandle])).toEqual([
      ['long:yes', 'group:g', 'in:big'],
      ['long:else', 'group:g', 'in:small'],
    ]);
  });

  it('light up when folded where the path leads through them', () => {
    const tone = (nodes: readonly string[]) => {
      const view = aView({ taken: { nodes: new Set(nodes), edges: new Set() } });
      const [fold] = projectMarks(folded, view, [], []);
      return fold?.type === 'fold' ? fold.data.tone : undefined;
    };
    expect([tone(['big']), tone(['long'])]).toEqual(['taken', 'dimmed']);
  });

  it('are walked to and from: into a frame, along the edges of a folded group, else to what lies that way', () => {
    expect(walkDrawn(open, 'group:g', 'right')).toBe('big');
    expect(walkDrawn(folded, 'group:g', 'left')).toBe('long');
    expect(walkDrawn(open, 'note:why', 'left')).toBe('long');
    expect(walkDrawn(open, 'note:why', 'down')).not.toBeNull();
  });
});

describe('the markup of a note', () => {
  it('knows headings, lists, strong, emphasis, code and links over HTTP', () => {
    expect(readMarkup('# Why\ntext\n- one\n- two').map(({ kind, lines }) => [kind, lines.length])).toEqual([
      ['heading', 1],
      ['paragraph', 1],
      ['list', 2],
    ]);
    expect(readInline('a **b** *c* `d` [e](https://f.example)').map(({ kind }) => kind)).toEqual([
      'text',
      'strong',
      'text',
      'em',
      'text',
      'code',
      'text',
      'link',
    ]);
  });

  it('leaves everything else as it is written, HTML and other links too', () => {
    for (const text of ['<b>x</b>', '[x](javascript:alert(1))', '2 * 3 * 4', '**'])
      expect(readInline(text)).toEqual([{ kind: 'text', text }]);
  });
});
