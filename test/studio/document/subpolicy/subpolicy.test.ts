import { describe, expect, it } from 'vitest';
import type { NodeId, PolicyNode } from '#engine/nodes/index.ts';
import { checkPolicy, hasErrors, type Policy, semanticHash } from '#engine/policy/index.ts';
import {
  boundaryOf,
  clipOf,
  connect,
  deleteNodes,
  detachSubpolicy,
  drawnBoxOf,
  duplicate,
  foldGroup,
  insertSubpolicy,
  newIdsFor,
  pieceOf,
  previewUpdate,
  revertSubpolicy,
  stateOfSubpolicy,
  updateSubpolicy,
} from '../../../../studio/document/index.ts';
import { rebase } from '../../../../studio/document/merge/index.ts';
import { aDocument, condition, model } from '../builders.ts';
import { guard, host, versionOf } from './builders.ts';

const onEdge = { kind: 'edge', exit: { node: 'start', port: 'yes' } } as const;

/** The host with the guard in the edge from `start` to `strong`, and `start`’s other exit led to it, too. */
function taken(policy = host) {
  const document = aDocument(policy);
  expect(insertSubpolicy(document, versionOf(guard), onEdge)).toBe('group:guard');
  document.run(connect({ node: 'start', port: 'else' }, 'guard-check'), 'Connect');
  return { document, now: (): Policy => document.store.getState().policy };
}

const changed = (policy: Policy, id: NodeId, node: PolicyNode): Policy => ({
  ...policy,
  nodes: { ...policy.nodes, [id]: node },
});

describe('taking a policy over', () => {
  it('puts its nodes into an edge: its entry is led to, its first output leads on, and nothing is wrong', () => {
    const { now } = taken();
    const { nodes, groups } = now();
    expect(nodes.start).toMatchObject({ cases: [{ to: 'guard-check' }] });
    expect(nodes['guard-check']).toEqual(condition('guard-out', 'guard-cheap'));
    expect(nodes['guard-out']).toMatchObject({ kind: 'output', to: 'strong' });
    expect(groups?.guard).toEqual({
      name: 'Guard',
      nodes: ['guard-check', 'guard-cheap', 'guard-out'],
      collapsed: true,
      subpolicy: {
        policy: 'guard',
        version: 1,
        hash: semanticHash(guard),
        entry: 'check',
        nodes: { check: 'guard-check', cheap: 'guard-cheap', out: 'guard-out' },
      },
    });
    expect(checkPolicy(now())).toEqual([]);
  });

  it('is one step, and undone by one', () => {
    const document = aDocument(host);
    insertSubpolicy(document, versionOf(guard), onEdge);
    document.undo();
    expect(document.store.getState().policy).toBe(host);
  });

  it('leads on by an output that is open, not by one that leads on inside already', () => {
    const nested: Policy = {
      ...changed(guard, 'check', condition('before', 'cheap')),
      nodes: {
        before: { kind: 'output', to: 'out' },
        ...changed(guard, 'check', condition('before', 'cheap')).nodes,
      },
    };
    const document = aDocument(host);
    insertSubpolicy(document, versionOf(nested), onEdge);
    const { nodes } = document.store.getState().policy;
    expect(nodes['guard-before']).toMatchObject({ to: 'guard-out' });
    expect(nodes['guard-out']).toMatchObject({ to: 'strong' });
  });

  it('may happen twice: ids stay apart', () => {
    const { document, now } = taken();
    insertSubpolicy(document, versionOf(guard), { kind: 'free' });
    expect(now().groups?.['guard-2']?.nodes).toEqual(['guard-2-check', 'guard-2-cheap', 'guard-2-out']);
    expect(stateOfSubpolicy(now(), 'guard-2')).toBe('unchanged');
    expect(checkPolicy(now()).filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'port_unconnected', node: 'guard-2-out' },
    ]);
  });

  it('is refused with a reason: itself, without an entry, without an output in an edge', () => {
    const reasons: string[] = [];
    const tell = (policy: Policy): void => {
      const document = aDocument(host);
      const announced = document.store.getState().announcement;
      expect(insertSubpolicy(document, versionOf(policy), onEdge)).toBeUndefined();
      expect(document.store.getState().policy).toBe(host);
      expect(document.store.getState().announcement).not.toBe(announced);
      reasons.push(document.store.getState().announcement.text);
    };
    tell({ ...guard, id: host.id });
    tell({ ...guard, entry: null });
    tell(changed(guard, 'out', model()));
    expect(reasons).toEqual([
      'A policy cannot be a sub-policy of itself.',
      'Guard has no entry yet, so no request could come in.',
      'Guard has no output to lead on by: it can stand behind an exit, not in an edge.',
    ]);
  });

  it('brings its classifiers along: the same is shared, another of that name gets another', () => {
    const intent = { kind: 'rules', rules: [{ label: 'search', keywords: ['find'] }] } as const;
    const asking: Policy = {
      ...changed(guard, 'check', {
        kind: 'condition',
        cases: [{ id: 'yes', when: 'classifiers.label["intent"] == "search"', to: 'out' }],
        else: 'cheap',
      }),
      classifiers: { intent: { ...intent, rules: [{ label: 'search', keywords: ['find'] }] } },
    };
    const insert = (policy: Policy): Policy => {
      const document = aDocument(policy);
      insertSubpolicy(document, versionOf(asking), onEdge);
      return document.store.getState().policy;
    };
    expect(Object.keys(insert(host).classifiers ?? {})).toEqual(['intent']);
    const other = { kind: 'rules' as const, rules: [{ label: 'other', keywords: ['x'] }] };
    const both = insert({ ...host, classifiers: { intent: other } });
    expect(both.classifiers).toEqual({ intent: other, 'intent-2': asking.classifiers?.intent });
    expect(JSON.stringify(both.nodes['guard-check'])).toContain('classifiers.label[\\"intent-2\\"]');
    expect(stateOfSubpolicy(both, 'guard')).toBe('unchanged');
    expect(pieceOf(both, 'guard')?.classifiers).toEqual(asking.classifiers);
  });
});

describe('a sub-policy', () => {
  it('is unchanged until something inside of it is, and so again when that is undone', () => {
    const { document, now } = taken();
    expect(stateOfSubpolicy(now(), 'guard')).toBe('unchanged');
    document.run((policy) => changed(policy, 'guard-cheap', model('openai/gpt-5.5')), 'Edit');
    expect(stateOfSubpolicy(now(), 'guard')).toBe('changed');
    document.undo();
    expect(stateOfSubpolicy(now(), 'guard')).toBe('unchanged');
    document.run(deleteNodes(['guard-cheap']), 'Delete');
    expect(stateOfSubpolicy(now(), 'guard')).toBe('changed');
    expect(Object.keys(pieceOf(now(), 'guard')?.nodes ?? {})).toEqual(['check', 'out']);
  });

  it('shows its entrance and every output, open ones too, as the rows of its card', () => {
    const document = aDocument(host);
    insertSubpolicy(document, versionOf(guard), { kind: 'free' });
    const { ins, outs } = boundaryOf(document.store.getState().policy, 'guard');
    expect(ins.map(({ text, beyond }) => [text, beyond])).toEqual([['Condition', []]]);
    expect(outs.map(({ id, text, beyond }) => [id, text, beyond])).toEqual([['guard-out:to', 'Long', []]]);
  });

  it('keeps what it is when it is doubled, and nothing of it when half of it is', () => {
    const { now } = taken();
    const whole = clipOf(now(), ['guard-check', 'guard-cheap', 'guard-out']);
    const twice = duplicate(whole, newIdsFor(now(), whole))(now());
    expect(stateOfSubpolicy(twice, 'guard-2')).toBe('unchanged');
    const half = clipOf(now(), ['guard-check']);
    expect(Object.keys(duplicate(half, newIdsFor(now(), half))(now()).groups ?? {})).toEqual(['guard']);
  });

  it('can be let go: a plain group stays', () => {
    const { document, now } = taken();
    expect(detachSubpolicy(document, 'guard')).toBe(true);
    expect(now().groups?.guard).toEqual({
      name: 'Guard',
      nodes: ['guard-check', 'guard-cheap', 'guard-out'],
      collapsed: true,
    });
    expect(stateOfSubpolicy(now(), 'guard')).toBe('not-a-subpolicy');
  });

  it('opens where it lies: what its frame would cover makes room, and its own nodes stay', () => {
    const { document, now } = taken();
    const before = now().layout;
    foldGroup(document, 'guard');
    expect(now().groups?.guard?.collapsed).toBe(false);
    const frame = drawnBoxOf(now(), 'group:guard');
    const strong = drawnBoxOf(now(), 'strong');
    expect(strong?.x).toBeGreaterThan((frame?.x ?? 0) + (frame?.width ?? 0));
    for (const id of ['guard-check', 'guard-cheap', 'guard-out', 'start'])
      expect(now().layout[id]).toEqual(before[id]);
  });

  it('survives two admins: a colleague’s edit of a node in it, and mine beside it', () => {
    const { now } = taken();
    const base = now();
    const theirs = changed(base, 'guard-cheap', model('openai/gpt-5.5'));
    const mine = changed(base, 'strong', model('anthropic/claude-sonnet-5'));
    const { policy, conflicts } = rebase({ base, mine, log: { past: [], future: [] } }, theirs);
    expect(conflicts).toEqual([]);
    expect(policy.groups).toEqual(base.groups);
    expect(stateOfSubpolicy(policy, 'guard')).toBe('changed');
  });
});

describe('bringing a sub-policy to another version', () => {
  const second: Policy = {
    ...guard,
    nodes: {
      ...guard.nodes,
      check: condition('screen', 'cheap'),
      screen: { kind: 'transform', redact: ['email'], images: 'keep', to: 'out' },
    },
    layout: { ...guard.layout, screen: [310, 90] },
  };

  it('takes what is new over and keeps ids, places, what leads in and where its outputs lead', () => {
    const { document, now } = taken();
    const before = now();
    expect(updateSubpolicy(document, 'guard', guard, versionOf(second, 2))).toBe(true);
    expect(stateOfSubpolicy(now(), 'guard')).toBe('unchanged');
    expect(now().groups?.guard?.subpolicy?.version).toBe(2);
    expect(now().nodes['guard-screen']).toMatchObject({ kind: 'transform', to: 'guard-out' });
    expect(now().nodes.start).toEqual(before.nodes.start);
    expect(now().nodes['guard-out']).toEqual(before.nodes['guard-out']);
    expect(now().layout['guard-check']).toEqual(before.layout['guard-check']);
    expect(hasErrors(checkPolicy(now()))).toBe(false);
    document.undo();
    expect(now()).toBe(before);
  });

  it('merges what was changed here, and says where both changed one place', () => {
    const { document, now } = taken();
    document.run((policy) => changed(policy, 'guard-cheap', model('openai/gpt-5.5')), 'Edit');
    const disjoint = previewUpdate(now(), 'guard', guard, versionOf(second, 2));
    expect(disjoint?.conflicts).toEqual([]);
    expect(disjoint?.policy.nodes['guard-cheap']).toEqual(model('openai/gpt-5.5'));
    expect(stateOfSubpolicy(disjoint?.policy ?? host, 'guard')).toBe('changed');
    const third = versionOf(changed(second, 'cheap', model('google/gemini-2.5-flash')), 3);
    const both = previewUpdate(now(), 'guard', guard, third);
    expect(both?.conflicts.map(({ path }) => path)).toEqual([['nodes', 'cheap', 'target']]);
    expect(both?.policy.nodes['guard-cheap']).toEqual(model('openai/gpt-5.5'));
    const theirs = previewUpdate(now(), 'guard', guard, third, () => 'theirs');
    expect(theirs?.policy.nodes['guard-cheap']).toEqual(model('google/gemini-2.5-flash'));
    expect(stateOfSubpolicy(theirs?.policy ?? host, 'guard')).toBe('unchanged');
  });

  it('leads to the new entry what led to the old one, and drops nodes that are gone', () => {
    const { document, now } = taken();
    const other: Policy = {
      ...guard,
      entry: 'first',
      nodes: {
        first: condition('out', 'cheap'),
        cheap: guard.nodes.cheap as PolicyNode,
        out: guard.nodes.out as PolicyNode,
      },
      layout: {},
    };
    updateSubpolicy(document, 'guard', guard, versionOf(other, 2));
    expect(now().nodes['guard-check']).toBeUndefined();
    expect(now().nodes.start).toMatchObject({ cases: [{ to: 'guard-first' }], else: 'guard-first' });
    expect(stateOfSubpolicy(now(), 'guard')).toBe('unchanged');
    expect(checkPolicy(now())).toEqual([]);
  });

  it('without the version it came from keeps every difference, each as a conflict to settle', () => {
    const { document, now } = taken();
    document.run((policy) => changed(policy, 'guard-cheap', model('openai/gpt-5.5')), 'Edit');
    const blind = previewUpdate(now(), 'guard', undefined, versionOf(guard, 4));
    expect(blind?.conflicts.map(({ path }) => path)).toContainEqual(['nodes', 'cheap', 'target']);
    expect(blind?.policy.nodes['guard-cheap']).toEqual(model('openai/gpt-5.5'));
  });

  it('can be put back to what its version says', () => {
    const { document, now } = taken();
    const before = now();
    document.run((policy) => changed(policy, 'guard-cheap', model('openai/gpt-5.5')), 'Edit');
    document.run(deleteNodes(['guard-out']), 'Delete');
    expect(revertSubpolicy(document, 'guard', versionOf(guard))).toBe(true);
    expect(stateOfSubpolicy(now(), 'guard')).toBe('unchanged');
    expect(now().nodes['guard-cheap']).toEqual(before.nodes['guard-cheap']);
  });
});
