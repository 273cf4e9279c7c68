import { describe, expect, it } from 'vitest';
import type { Policy } from '#engine/policy/index.ts';
import { addNode, deleteNodes, renameNode } from '../../../../studio/document/commands/index.ts';
import { tellIncoming } from '../../../../studio/document/merge/index.ts';
import { aDocument, aPolicy, aStorage, model, smallGraph } from '../builders.ts';

const base = aPolicy(smallGraph);
const byThem = (...commands: readonly ((policy: Policy) => Policy)[]) =>
  commands.reduce((now, command) => command(now), base);

describe('a document put on top of a colleague’s revision', () => {
  it('undoes what was edited here and nothing of theirs, and does it again', () => {
    const document = aDocument(base);
    document.run(renameNode('big', 'Mine'), 'Rename');
    document.run(renameNode('small', 'Mine, too'), 'Rename');
    document.rebase(byThem(renameNode('long', 'Theirs')), 7);
    const label = (id: string) => document.store.getState().policy.nodes[id]?.label;
    document.undo();
    document.undo();
    expect([label('long'), label('big'), label('small')]).toEqual(['Theirs', undefined, undefined]);
    document.redo();
    document.redo();
    expect([label('long'), label('big'), label('small')]).toEqual(['Theirs', 'Mine', 'Mine, too']);
    expect(document.store.getState().revision).toBe(7);
  });

  it('keeps two nodes where both added one and it got the same id', () => {
    const document = aDocument(base);
    document.run(addNode({ id: 'new', node: model('x/mine') }, { node: 'long', port: 'else' }), 'Add');
    document.rebase(byThem(addNode({ id: 'new', node: model('x/theirs') })), 2);
    const { nodes } = document.store.getState().policy;
    expect(nodes.new).toMatchObject({ target: 'x/theirs' });
    expect(nodes['new-2']).toMatchObject({ target: 'x/mine' });
    expect(nodes.long).toMatchObject({ else: 'new-2' });
    document.undo();
    expect(document.store.getState().policy.nodes).not.toHaveProperty('new-2');
    expect(document.store.getState().policy.nodes.new).toMatchObject({ target: 'x/theirs' });
  });

  it('has nothing to save where only they changed something', () => {
    const document = aDocument(base);
    document.rebase(byThem(deleteNodes(['big'])), 2);
    const { policy, saved, history } = document.store.getState();
    expect(policy).toBe(saved);
    expect(history.past).toEqual([]);
  });

  it('takes up a draft that a crash left behind on an older revision, to be merged when it is saved', () => {
    const storage = aStorage();
    aDocument(base, { storage }).run(renameNode('big', 'Left behind'), 'Rename');
    const theirs = byThem(renameNode('small', 'Theirs'));
    const reopened = aDocument(theirs, { storage, revision: 2 });
    expect(reopened.store.getState()).toMatchObject({ revision: 1, staleDraft: null });
    reopened.rebase(theirs, 2);
    const { nodes } = reopened.store.getState().policy;
    expect([nodes.big?.label, nodes.small?.label]).toEqual(['Left behind', 'Theirs']);
  });

  it('leaves the draft of another tab alone when it has nothing of its own to store', () => {
    const storage = aStorage();
    const idle = aDocument(base, { storage });
    aDocument(base, { storage }).run(renameNode('big', 'Other tab'), 'Rename');
    idle.settle();
    expect(aDocument(base, { storage }).store.getState().policy.nodes.big?.label).toBe('Other tab');
  });

  it('is told of by the names of what came in', () => {
    const theirs = byThem(renameNode('long', 'Long?'), addNode({ id: 'extra', node: model('x/extra') }));
    expect(tellIncoming(base, theirs)).toBe('“extra” (new), “Long?”');
  });
});
