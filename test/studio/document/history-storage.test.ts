import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deleteNodes, renameNode } from '../../../studio/document/commands/index.ts';
import { keepHistory, readHistory, writeHistory } from '../../../studio/document/history-storage.ts';
import { packShared, unpackShared } from '../../../studio/document/pack-shared.ts';
import { aDocument, aPolicy, aStorage, model, smallGraph } from './builders.ts';

function editedOnce(storage = aStorage()) {
  const document = aDocument();
  const stop = keepHistory(document, storage);
  document.run(renameNode('long', 'A'), 'Rename to A');
  document.run(deleteNodes(['big']), 'Delete big');
  document.undo();
  stop();
  return { storage, policy: document.store.getState().policy };
}

describe('a history that survives a reload', () => {
  it('is there again with its labels, and leads back to the very beginning and forward again', () => {
    const { storage, policy } = editedOnce();
    const reopened = aDocument(policy);
    keepHistory(reopened, storage)();
    expect(reopened.store.getState().history).toEqual({ past: ['Rename to A'], future: ['Delete big'] });
    reopened.undo();
    expect(reopened.store.getState().policy.nodes.long?.label).toBeUndefined();
    reopened.redo();
    reopened.redo();
    expect(reopened.store.getState().policy.nodes.big).toBeUndefined();
  });

  it('is left alone when the policy has become another one', () => {
    const { storage } = editedOnce();
    const other = aDocument(aPolicy({ ...smallGraph, more: model() }));
    keepHistory(other, storage)();
    expect(other.store.getState().history.past).toEqual([]);
  });

  it('is nothing where the browser holds something else', () => {
    const { storage, policy } = editedOnce();
    for (const text of ['', '{', '[]', '[[5]]', '[{"now":[3]}]', '"x"']) {
      storage.setItem('waybill.history.test', text);
      expect(readHistory(storage, policy)).toBeUndefined();
    }
  });

  it('drops the oldest steps before it fills the browser', () => {
    const storage = aStorage();
    const now = aPolicy(smallGraph);
    const past = Array.from({ length: 50 }, (_, at) => ({
      label: `Step ${at} ${'x'.repeat(15_000)}`,
      policy: now,
      gesture: null,
      at: 0,
    }));
    writeHistory(storage, now, { past, future: [] });
    const kept = readHistory(storage, now)?.past ?? [];
    expect(kept.length).toBeGreaterThan(10);
    expect(kept.length).toBeLessThan(50);
    expect(kept.at(-1)?.label.startsWith('Step 49')).toBe(true);
  });
});

describe('packing', () => {
  it('gives back what was packed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(unpackShared(packShared(plain as object))).toEqual(plain);
      }),
    );
  });

  it('writes a shared part once, and shares it again', () => {
    const part = { text: 'shared'.repeat(100) };
    const text = packShared([part, part, { part }]);
    expect(text.length).toBeLessThan(700);
    const [first, second] = unpackShared(text) as unknown[];
    expect(first).toBe(second);
  });
});
