import { describe, expect, it } from 'vitest';
import {
  clipOf,
  deleteSelection,
  duplicateSelection,
  exitsOf,
  foldGroup,
  groupMark,
  insertNode,
  insertSubpolicy,
  markIn,
  pasteClip,
  placesOf,
  stateOfSubpolicy,
} from '../../../../studio/document/index.ts';
import { aDocument } from '../builders.ts';
import { guard, host, versionOf } from './builders.ts';

/** `start` –yes→ the guard –Long→ `strong`. */
function withGuard() {
  const document = aDocument(host);
  const mark = insertSubpolicy(document, versionOf(guard), {
    kind: 'edge',
    exit: { node: 'start', port: 'yes' },
  });
  if (mark === undefined) throw new Error('The guard was not inserted.');
  return { document, mark, policy: () => document.store.getState().policy };
}

const leadsTo = (policy: typeof host, node: string, port: string) => {
  const found = policy.nodes[node];
  return found === undefined ? undefined : exitsOf(found).find(({ id }) => id === port)?.to;
};

describe('a sub-policy in a policy that can only be read', () => {
  it('is opened to look inside, without anything to save or to undo', () => {
    const { policy } = withGuard();
    const document = aDocument(policy(), { readOnly: true });
    foldGroup(document, 'guard');
    const { policy: now, saved, history } = document.store.getState();
    expect(now.groups?.guard?.collapsed).toBe(false);
    expect(saved).toBe(now);
    expect(history.past).toEqual([]);
    expect(document.run((one) => ({ ...one, name: 'Other' }), 'Rename')).toBe(false);
  });
});

describe('a sub-policy that is deleted or doubled', () => {
  it('goes as a whole, and what led in leads on to where its output led; one undo brings all back', () => {
    const { document, mark, policy } = withGuard();
    const before = policy();
    document.select([mark]);
    deleteSelection(document);
    expect(Object.keys(policy().nodes).sort()).toEqual(['start', 'strong']);
    expect(leadsTo(policy(), 'start', 'yes')).toBe('strong');
    expect(policy().groups).toBeUndefined();
    expect(document.store.getState().history.past.at(-1)).toBe('Delete sub-policy Guard');
    expect([...document.store.getState().selection]).toEqual(['start']);
    document.undo();
    expect(policy()).toBe(before);
  });

  it('leaves the exits open where that is asked for', () => {
    const { document, mark, policy } = withGuard();
    document.select([mark]);
    deleteSelection(document, { heal: false });
    expect(leadsTo(policy(), 'start', 'yes')).toBeNull();
  });

  it('passes the entry of the policy on, too', () => {
    const document = aDocument(host);
    const mark = insertSubpolicy(document, versionOf(guard), { kind: 'free' });
    const output = document.store.getState().policy.groups?.guard?.subpolicy?.nodes.out ?? '';
    document.run((policy) => {
      const node = policy.nodes[output];
      if (node?.kind !== 'output') throw new Error('There is no output.');
      const nodes = { ...policy.nodes, [output]: { ...node, to: 'start' } };
      return { ...policy, entry: policy.groups?.guard?.subpolicy?.nodes.check ?? null, nodes };
    }, 'Start at the guard');
    document.select([mark ?? 'group:guard']);
    deleteSelection(document);
    expect(document.store.getState().policy.entry).toBe('start');
  });

  it('is doubled as one that knows where it comes from, and its card is what is selected', () => {
    const { document, mark, policy } = withGuard();
    document.select([mark]);
    duplicateSelection(document);
    const [double] = document.store.getState().marks;
    const found = markIn(policy(), double ?? '');
    expect(found).toMatchObject({ kind: 'group', group: { subpolicy: { policy: 'guard', version: 1 } } });
    expect(found?.id).not.toBe('guard');
    expect(stateOfSubpolicy(policy(), found?.id ?? '')).toBe('unchanged');
    expect(document.store.getState().selection.size).toBe(0);
  });

  it('is pasted into another policy with the same source', () => {
    const { policy } = withGuard();
    const clip = clipOf(policy(), policy().groups?.guard?.nodes ?? []);
    const other = aDocument({ ...host, id: 'other' });
    pasteClip(other, clip, [900, 0]);
    const [mark] = other.store.getState().marks;
    expect(mark).toBe(groupMark('guard'));
    expect(stateOfSubpolicy(other.store.getState().policy, 'guard')).toBe('unchanged');
  });

  it('has what is added behind its output stand beside its card, not beside what is hidden', () => {
    const document = aDocument(host);
    insertSubpolicy(document, versionOf(guard), { kind: 'free', at: [0, 600] });
    const output = document.store.getState().policy.groups?.guard?.subpolicy?.nodes.out ?? '';
    const id = insertNode(document, 'model', { kind: 'exit', exit: { node: output, port: 'to' } });
    const [x] = placesOf(document.store.getState().policy)[id ?? ''] ?? [0, 0];
    expect(x).toBe(310);
  });
});
