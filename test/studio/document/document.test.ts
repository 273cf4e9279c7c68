import { describe, expect, it } from 'vitest';
import {
  connect,
  deleteNodes,
  layoutAll,
  moveNodes,
  renameNode,
} from '../../../studio/document/commands/index.ts';
import { createDocument } from '../../../studio/document/document.ts';
import { connectExit, deleteSelection, insertNode } from '../../../studio/document/edits.ts';
import { aDocument, aPolicy, aStorage, condition, model, smallGraph } from './builders.ts';

describe('history', () => {
  it('names what can be taken back and done again', () => {
    const document = aDocument();
    document.run(renameNode('long', 'A'), 'Rename');
    document.run(deleteNodes(['big']), 'Delete big');
    document.undo();
    expect(document.store.getState().history).toEqual({ past: ['Rename'], future: ['Delete big'] });
  });

  it('keeps a burst of typing in one field as one entry', () => {
    let now = 0;
    const document = aDocument(undefined, { now: () => now });
    for (const label of ['L', 'Lo', 'Lon', 'Long']) {
      now += 200;
      document.run(renameNode('long', label), 'Rename', { gesture: 'label:long' });
    }
    expect(document.store.getState().history.past).toEqual(['Rename']);
    document.undo();
    expect(document.store.getState().policy.nodes.long?.label).toBeUndefined();
  });

  it('starts another entry after a pause, and for another field', () => {
    let now = 0;
    const document = aDocument(undefined, { now: () => now });
    document.run(renameNode('long', 'A'), 'Rename', { gesture: 'label:long' });
    now = 10_000;
    document.run(renameNode('long', 'B'), 'Rename', { gesture: 'label:long' });
    document.run(renameNode('big', 'C'), 'Rename', { gesture: 'label:big' });
    expect(document.store.getState().history.past).toHaveLength(3);
  });

  it('records nothing when a command changes nothing', () => {
    const document = aDocument(layoutAll()(aPolicy(smallGraph)));
    expect(document.run(layoutAll(), 'Tidy up')).toBe(false);
    expect(document.store.getState().history.past).toEqual([]);
  });

  it('leaves the selection alone', () => {
    const document = aDocument();
    document.run(renameNode('long', 'A'), 'Rename');
    document.select(['big']);
    document.undo();
    expect([...document.store.getState().selection]).toEqual(['big']);
  });
});

describe('what is saved', () => {
  it('is said by identity: undoing everything leaves nothing to save', () => {
    const document = aDocument();
    document.run(renameNode('long', 'A'), 'Rename');
    expect(document.store.getState().policy).not.toBe(document.store.getState().saved);
    document.undo();
    expect(document.store.getState().policy).toBe(document.store.getState().saved);
  });

  it('does not change in meaning when a node is moved or renamed', () => {
    const document = aDocument();
    document.run(moveNodes(new Map([['big', [900, 900]]])), 'Move');
    document.run(renameNode('long', 'A'), 'Rename');
    expect(document.store.getState().hash).toBe(document.store.getState().savedHash);
    document.run(connect({ node: 'long', port: 'yes' }, 'small'), 'Connect');
    expect(document.store.getState().hash).not.toBe(document.store.getState().savedHash);
  });

  it('survives a reload in this browser, as one step that can be taken back', () => {
    const storage = aStorage();
    aDocument(undefined, { storage }).run(renameNode('long', 'Kept'), 'Rename');
    const reloaded = aDocument(undefined, { storage });
    expect(reloaded.store.getState().policy.nodes.long?.label).toBe('Kept');
    expect(reloaded.store.getState().history.past).toEqual(['Restore unsaved changes']);
  });

  it('is forgotten here once the server has it', () => {
    const storage = aStorage();
    const document = aDocument(undefined, { storage });
    document.run(renameNode('long', 'Saved'), 'Rename');
    document.markSaved(2, document.store.getState().policy);
    expect(storage.getItem('waybill.draft.test')).toBeNull();
  });

  it('offers a draft of another revision instead of taking it', () => {
    const storage = aStorage();
    aDocument(undefined, { storage }).run(renameNode('long', 'Stale'), 'Rename');
    const { base: _unknown, ...older } = JSON.parse(storage.getItem('waybill.draft.test') ?? '');
    storage.setItem('waybill.draft.test', JSON.stringify(older));
    const reloaded = aDocument(undefined, { storage, revision: 2 });
    expect(reloaded.store.getState().policy.nodes.long?.label).toBeUndefined();
    expect(reloaded.store.getState().staleDraft?.policy.nodes.long?.label).toBe('Stale');
  });

  it('is nothing when the browser stores nonsense or refuses to store', () => {
    const storage = { ...aStorage(), getItem: () => '{"revision":1,"policy":{"nodes":3}}' };
    expect(aDocument(undefined, { storage }).store.getState().history.past).toEqual([]);
    const full = {
      ...aStorage(),
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(aDocument(undefined, { storage: full }).run(renameNode('long', 'A'), 'Rename')).toBe(true);
  });
});

describe('diagnostics', () => {
  it('follow the edits', () => {
    const document = aDocument();
    document.run(deleteNodes(['big']), 'Delete');
    expect(document.store.getState().diagnostics.map((one) => one.code)).toEqual(['port_unconnected']);
    document.undo();
    expect(document.store.getState().diagnostics).toEqual([]);
  });

  it('look at targets once the catalogue is known', () => {
    const document = aDocument();
    document.setTargets({ stateOf: () => 'unknown', suggest: () => undefined });
    expect(new Set(document.store.getState().diagnostics.map((one) => one.code))).toEqual(
      new Set(['model_unknown']),
    );
  });

  it('come later, not with every key', () => {
    let waiting = () => {};
    const document = createDocument(aPolicy(smallGraph), { revision: 1, later: (task) => (waiting = task) });
    document.run(deleteNodes(['big']), 'Delete');
    expect(document.store.getState().diagnostics).toEqual([]);
    waiting();
    expect(document.store.getState().diagnostics).toHaveLength(1);
  });
});

describe('reading only', () => {
  it('refuses every edit and says so', () => {
    const document = aDocument(undefined, { readOnly: true });
    expect(document.run(deleteNodes(['big']), 'Delete')).toBe(false);
    expect(document.store.getState().announcement.text).toContain('read-only');
  });
});

describe('edits', () => {
  it('add a node behind an exit, select it and make its id from its name', () => {
    const document = aDocument(aPolicy({ long: condition(null, null) }));
    const id = insertNode(document, 'model', { kind: 'exit', exit: { node: 'long', port: 'yes' } });
    expect(id).toBe('gpt-5-mini');
    expect([...document.store.getState().selection]).toEqual(['gpt-5-mini']);
  });

  it('say why a connection is refused', () => {
    const document = aDocument(aPolicy({ a: condition('b', null), b: condition(null, null) }));
    expect(connectExit(document, { node: 'b', port: 'yes' }, 'a')).toBe(false);
    expect(document.store.getState().announcement.text).toContain('circle');
  });

  it('select what led to a deleted node, so that the keyboard keeps its place', () => {
    const document = aDocument(aPolicy({ a: condition('m', null), m: model() }));
    document.select(['m']);
    deleteSelection(document);
    expect([...document.store.getState().selection]).toEqual(['a']);
  });

  it('take the selected edge away and leave its nodes', () => {
    const document = aDocument();
    document.selectEdge('long:yes');
    deleteSelection(document);
    expect(Object.keys(document.store.getState().policy.nodes)).toEqual(['long', 'big', 'small']);
    expect(document.store.getState().history.past).toHaveLength(1);
  });
});
