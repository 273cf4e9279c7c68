import { describe, expect, it } from 'vitest';
import type { PolicySummary } from '#server/contract/index.ts';
import { exitsAt } from '../../../studio/canvas/exits-at.ts';
import { projectEdges, projectNodes } from '../../../studio/canvas/flow.ts';
import { type FoldNode, projectMarks } from '../../../studio/canvas/flow-marks.ts';
import { offersAt, tellOffer, whyNoOffers } from '../../../studio/canvas/subpolicy-choices.tsx';
import { tellSource } from '../../../studio/canvas/subpolicy-face.ts';
import { changeGroup, insertSubpolicy, type Spot } from '../../../studio/document/index.ts';
import { aDocument } from '../document/builders.ts';
import { guard, host, versionOf } from '../document/subpolicy/builders.ts';
import { aView } from './a-view.ts';

function taken(spot: Spot = { kind: 'free', at: [0, 400] }, version = 3) {
  const document = aDocument(host);
  insertSubpolicy(document, versionOf(guard, version), spot);
  return { document, policy: document.store.getState().policy };
}

function drawn(policy: typeof host, view = aView()): FoldNode {
  const marks = projectMarks(policy, view, projectNodes(policy, view, []), []);
  const fold = marks.find(({ type }) => type === 'fold');
  if (fold?.type !== 'fold') throw new Error('No folded group is drawn.');
  return fold;
}

describe('a sub-policy as it is drawn', () => {
  it('shows its entrance and its outputs, by their names, before anything is connected', () => {
    const { boundary, subpolicy } = drawn(taken().policy).data;
    expect(boundary.ins.map(({ beyond }) => beyond)).toEqual([[]]);
    expect(boundary.outs.map(({ text, beyond }) => [text, beyond])).toEqual([['Long', []]]);
    expect(subpolicy).toEqual({ policy: 'guard', version: 3, isChanged: false, newer: null });
    expect(tellSource({ policy: 'guard', version: 3 })).toBe('guard v3');
  });

  it('is wired by its rows where it stands in an edge', () => {
    const { policy } = taken({ kind: 'edge', exit: { node: 'start', port: 'yes' } });
    const edges = projectEdges(policy, aView(), []).map(({ source, target }) => [source, target]);
    expect(edges).toEqual([
      ['start', 'group:guard'],
      ['group:guard', 'strong'],
    ]);
  });

  it('says that a newer version is out, and to a screen reader, too', () => {
    const fold = drawn(taken().policy, aView({ published: new Map([['guard', 5]]) }));
    expect(fold.data.subpolicy?.newer).toBe(5);
    expect(fold.ariaLabel).toBe(
      'Sub-policy “Guard”, from guard version 3, 3 nodes, collapsed, version 5 is out',
    );
  });

  it('says that it was changed here', () => {
    const { document, policy } = taken();
    const cheap = policy.groups?.guard?.subpolicy?.nodes.cheap ?? '';
    document.run((now) => {
      const nodes = { ...now.nodes, [cheap]: { kind: 'model', target: 'openai/gpt-5.5' } as const };
      return { ...now, nodes };
    }, 'Another model');
    expect(drawn(document.store.getState().policy).data.subpolicy?.isChanged).toBe(true);
  });

  it('offers its open outputs to the keyboard as a node offers its exits', () => {
    const { policy } = taken();
    const output = policy.groups?.guard?.subpolicy?.nodes.out;
    expect(exitsAt(policy, 'group:guard')).toEqual([
      { exit: { node: output, port: 'to' }, label: 'Long', to: null },
    ]);
    const open = changeGroup('guard', { collapsed: false })(policy);
    expect(exitsAt(open, 'group:guard')).toHaveLength(1);
  });
});

const published = { version: 3, hash: '', note: '', author: '', at: '' };
const aSummary = (id: string, offers: PolicySummary['offers']): PolicySummary => ({
  id,
  name: id,
  nodes: 1,
  revision: 1,
  hash: '',
  updatedAt: '',
  origin: 'studio',
  published: offers === null ? null : published,
  aliases: [],
  errors: 0,
  usedIn: [],
  offers,
});

describe('policies that can be inserted', () => {
  const leading = aSummary('leading', { nodes: 6, outputs: 2, contains: [] });
  const ending = aSummary('ending', { nodes: 1, outputs: 0, contains: [] });
  const circle = aSummary('circle', { nodes: 2, outputs: 1, contains: ['host'] });
  const own = aSummary('host', { nodes: 2, outputs: 1, contains: [] });
  const draft = aSummary('draft', null);
  const edge: Spot = { kind: 'edge', exit: { node: 'start', port: 'yes' } };
  const ids = (spot: Spot) =>
    offersAt([leading, ending, circle, own, draft], 'host', spot).map(({ id }) => id);

  it('are published, others, and do not have this one in them', () => {
    expect(ids({ kind: 'free' })).toEqual(['leading', 'ending']);
  });

  it('lead on where they go into an edge', () => {
    expect(ids(edge)).toEqual(['leading']);
  });

  it('say what they bring', () => {
    expect(offersAt([leading, ending], 'host', { kind: 'free' }).map(tellOffer)).toEqual([
      'v3 · 6 nodes · 2 outputs',
      'v3 · 1 node · answers itself',
    ]);
  });

  it('are missed with the reason and with what to do', () => {
    expect(whyNoOffers([own, draft], 'host', edge)).toMatch(/^No other policy is published yet\./);
    expect(whyNoOffers([ending], 'host', edge)).toMatch(/has an Output to lead on by/);
    expect(whyNoOffers([circle], 'host', { kind: 'free' })).toMatch(/in a circle/);
  });
});
