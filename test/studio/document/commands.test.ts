import { describe, expect, it } from 'vitest';
import { edgesOf, type Policy, semanticHash } from '#engine/policy/index.ts';
import { readClip, writeClip } from '../../../studio/document/clipboard.ts';
import {
  addNode,
  changeNode,
  clipOf,
  connect,
  deleteNodes,
  freeSlug,
  insertOnEdge,
  layoutAll,
  layoutMissing,
  moveNodes,
  newIdsFor,
  pasteNodes,
  renameNode,
  sizeOf,
  whyNotConnect,
} from '../../../studio/document/commands/index.ts';
import { aPolicy, condition, model, smallGraph } from './builders.ts';

const edges = (policy: Policy): readonly string[] => edgesOf(policy).map(({ id, to }) => `${id}>${to}`);

describe('adding a node', () => {
  it('makes the first node of a policy the entry', () => {
    expect(addNode({ id: 'a', node: model() })(aPolicy({})).entry).toBe('a');
  });

  it('leads the exit it was drawn from to it', () => {
    const policy = aPolicy({ long: condition(null, null) });
    const added = addNode({ id: 'a', node: model() }, { node: 'long', port: 'else' })(policy);
    expect(edges(added)).toEqual(['long:else>a']);
  });

  it('lays it where it overlaps no other', () => {
    const policy = aPolicy({ a: model() }, { a: [0, 0] });
    const { layout } = addNode({ id: 'b', node: model(), at: [10, 10] })(policy);
    expect(layout.b?.[1]).toBeGreaterThan(sizeOf(model()).height);
  });
});

describe('inserting on an edge', () => {
  const policy = aPolicy({ long: condition('big', 'small'), big: model(), small: model() });

  it('leads the old way through the new node’s passing exit', () => {
    const inserted = insertOnEdge(
      { id: 'split', node: condition(null, null) },
      { node: 'long', port: 'yes' },
    )(policy);
    expect(edges(inserted).toSorted()).toEqual(['long:else>small', 'long:yes>split', 'split:else>big']);
  });

  it('pushes what lies behind to the right, and nothing else', () => {
    const laid = layoutAll()(policy);
    const inserted = insertOnEdge(
      { id: 'split', node: condition(null, null) },
      { node: 'long', port: 'yes' },
    )(laid);
    expect(inserted.layout.big?.[0]).toBeGreaterThan(laid.layout.big?.[0] ?? Number.NaN);
    expect(inserted.layout.long).toEqual(laid.layout.long);
    expect(inserted.layout.small).toEqual(laid.layout.small);
  });

  it('refuses a node that cannot lead on', () => {
    expect(insertOnEdge({ id: 'm', node: model() }, { node: 'long', port: 'yes' })(policy)).toBe(policy);
  });
});

describe('connecting', () => {
  const chain = aPolicy({ a: condition('b', null), b: condition(null, null), m: model() });

  it('says why a circle is not drawn', () => {
    expect(whyNotConnect(chain, { node: 'b', port: 'yes' }, 'a')).toContain('circle');
    expect(connect({ node: 'b', port: 'yes' }, 'a')(chain)).toBe(chain);
  });

  it('refuses a node leading to itself', () => {
    expect(whyNotConnect(chain, { node: 'b', port: 'yes' }, 'b')).toContain('itself');
  });

  it('adds a try at the open exit of a fallback', () => {
    const policy = aPolicy({ f: { kind: 'fallback', try: [], on: ['timeout'] }, m: model() });
    expect(edges(connect({ node: 'f', port: 'add' }, 'm')(policy))).toEqual(['f:1>m']);
  });
});

describe('deleting', () => {
  it('heals: a → b → c becomes a → c', () => {
    const policy = aPolicy({ a: condition('b', null), b: condition(null, 'c'), c: model() });
    expect(edges(deleteNodes(['b'])(policy))).toEqual(['a:yes>c']);
  });

  it('heals over several deleted nodes, and moves the entry on', () => {
    const policy = aPolicy({ a: condition(null, 'b'), b: condition(null, 'c'), c: model() });
    expect(deleteNodes(['a', 'b'])(policy).entry).toBe('c');
  });

  it('leaves an exit open where nothing lies behind', () => {
    const policy = aPolicy({ a: condition('m', null), m: model() });
    expect(edges(deleteNodes(['m'])(policy))).toEqual([]);
  });

  it('leaves exits open when asked not to heal', () => {
    const policy = aPolicy({ a: condition('b', null), b: condition(null, 'c'), c: model() });
    expect(edges(deleteNodes(['b'], { heal: false })(policy))).toEqual([]);
  });

  it('drops a deleted try and keeps the order of the others', () => {
    const policy = aPolicy({
      f: { kind: 'fallback', try: ['x', 'y', 'z'], on: ['timeout'] },
      x: model(),
      y: model(),
      z: model(),
    });
    expect(edges(deleteNodes(['x'])(policy))).toEqual(['f:1>y', 'f:2>z']);
  });

  it('does not try a healed target twice', () => {
    const policy = aPolicy({
      f: { kind: 'fallback', try: ['c', 'm'], on: ['timeout'] },
      c: condition(null, 'm'),
      m: model(),
    });
    expect(edges(deleteNodes(['c'])(policy))).toEqual(['f:1>m']);
  });
});

describe('changing a node', () => {
  const policy = aPolicy(smallGraph);

  it('keeps the id when the label changes, and the meaning too', () => {
    const renamed = renameNode('long', 'Very long?')(policy);
    expect(renamed.nodes.long?.label).toBe('Very long?');
    expect(semanticHash(renamed)).toBe(semanticHash(policy));
  });

  it('does nothing with a value the schema refuses', () => {
    expect(changeNode('small', (node) => ({ ...node, target: 'not a target' }) as typeof node)(policy)).toBe(
      policy,
    );
  });

  it('leaves every other node the same object', () => {
    const renamed = renameNode('long', 'Very long?')(policy);
    expect(renamed.nodes.big).toBe(policy.nodes.big);
  });
});

describe('layout', () => {
  it('keeps what a person placed and gives a place to the rest', () => {
    const { layout } = layoutMissing()(aPolicy(smallGraph, { long: [500, 700] }));
    expect(layout.long).toEqual([500, 700]);
    expect(layout.big?.[0]).toBeGreaterThan(500);
  });

  it('keeps the targets in the order of the exits', () => {
    const policy = layoutAll()(aPolicy({ a: condition('z', 'b'), b: model(), z: model() }));
    expect(policy.layout.z?.[1]).toBeLessThan(policy.layout.b?.[1] ?? Number.NaN);
  });

  it('is the same when asked again', () => {
    const once = layoutAll()(aPolicy(smallGraph));
    expect(layoutAll()(once)).toBe(once);
  });

  it('snaps moved nodes to the grid', () => {
    expect(moveNodes(new Map([['big', [13, 27]]]))(aPolicy(smallGraph)).layout.big).toEqual([10, 30]);
  });

  it('means nothing to the plan', () => {
    const policy = aPolicy(smallGraph);
    expect(semanticHash(layoutAll()(policy))).toBe(semanticHash(policy));
  });
});

describe('copying', () => {
  it('travels as text and gets ids of its own, links inside kept and links outside open', () => {
    const policy = layoutAll()(aPolicy(smallGraph));
    const clip = readClip(writeClip(clipOf(policy, ['long', 'big'])));
    if (clip === undefined) throw new Error('The clip could not be read.');
    const pasted = pasteNodes(clip, newIdsFor(policy, clip), [0, 900])(policy);
    expect(edges(pasted).filter((edge) => edge.startsWith('long-2'))).toEqual(['long-2:yes>big-2']);
  });

  it('takes a whole policy document as a clip', () => {
    expect(Object.keys(readClip(JSON.stringify(aPolicy(smallGraph)))?.nodes ?? {})).toEqual([
      'long',
      'big',
      'small',
    ]);
  });

  it('takes no other text', () => {
    expect(readClip('hello')).toBeUndefined();
    expect(readClip('{"nodes":{"a":{"kind":"rocket"}}}')).toBeUndefined();
  });
});

describe('a slug from a label', () => {
  const none = () => false;

  it('is lower case, without accents, and starts with a letter', () => {
    expect(freeSlug('2. Größe & “Länge”?', none)).toBe('gro-e-lange');
    expect(freeSlug('日本', none)).toBe('node');
  });

  it('is counted up while it is taken', () => {
    const taken = new Set(['split', 'split-2']);
    expect(freeSlug('Split', (slug) => taken.has(slug))).toBe('split-3');
  });

  it('is never a word that objects or exits have', () => {
    expect(freeSlug('constructor', none)).toBe('node');
    expect(freeSlug('Else', none)).toBe('else-2');
  });
});
