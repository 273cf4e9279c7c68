import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffPolicies, type PolicyDiff, semanticHash } from '#engine/policy/index.ts';
import { arbitraryPolicy } from './arbitrary-policy.ts';

const runs = { numRuns: 300, seed: Number(process.env.LAWS_SEED ?? 20_261_122) };
const swapped = { added: 'removed', removed: 'added', changed: 'changed', relabelled: 'relabelled' } as const;

/** A difference seen from the other side; an exit's label is that of the side after, so it is left out. */
function turned({ nodes, entry, classifiers, about, sameMeaning }: PolicyDiff): unknown {
  const turn = <T extends { readonly before?: unknown; readonly after?: unknown }>(one: T) => ({
    ...one,
    before: one.after,
    after: one.before,
  });
  return {
    nodes: nodes.map((node) => ({
      ...turn(node),
      kind: swapped[node.kind],
      fields: node.fields.map(turn),
      labels: node.labels.map(turn),
      ports: node.ports.map((port) => ({
        ...turn(port),
        label: '',
        kind: port.kind === 'moved' ? 'moved' : swapped[port.kind],
      })),
    })),
    entry: entry === null ? null : turn(entry),
    classifiers: classifiers.map((one) => ({
      ...one,
      kind: swapped[one.kind],
      fields: one.fields.map(turn),
    })),
    about: about.map(turn),
    sameMeaning,
  };
}

function unlabelled(diff: PolicyDiff): unknown {
  return {
    ...diff,
    nodes: diff.nodes.map((node) => ({
      ...node,
      ports: node.ports.map((port) => ({ ...port, label: '' })),
    })),
  };
}

describe('the difference of two policies', () => {
  it('is empty between a policy and itself', () => {
    fc.assert(
      fc.property(arbitraryPolicy, (policy) => {
        expect(diffPolicies(policy, structuredClone(policy))).toEqual({
          nodes: [],
          entry: null,
          classifiers: [],
          about: [],
          sameMeaning: true,
        });
      }),
      runs,
    );
  });

  it('is the same seen from either side', () => {
    fc.assert(
      fc.property(arbitraryPolicy, arbitraryPolicy, (left, right) => {
        expect(turned(diffPolicies(left, right))).toEqual(unlabelled(diffPolicies(right, left)));
      }),
      runs,
    );
  });

  it('is in meaning exactly where the semantic hashes differ', () => {
    fc.assert(
      fc.property(
        arbitraryPolicy,
        fc.nat(),
        fc.constantFrom('label', 'drop', 'entry', 'other'),
        (policy, pick, how) => {
          const ids = Object.keys(policy.nodes);
          const id = ids[pick % ids.length] ?? '';
          const { [id]: node, ...rest } = policy.nodes;
          if (node === undefined) return;
          const other =
            how === 'label'
              ? { ...policy, nodes: { ...rest, [id]: { ...node, label: 'Renamed' } } }
              : how === 'drop'
                ? { ...policy, nodes: rest }
                : how === 'entry'
                  ? { ...policy, entry: id }
                  : {
                      ...policy,
                      nodes: { ...rest, [id]: { kind: 'model' as const, target: 'openai/gpt-5' } },
                    };
          const { sameMeaning } = diffPolicies(policy, other);
          expect(sameMeaning).toBe(semanticHash(policy) === semanticHash(other));
        },
      ),
      { ...runs, numRuns: 600 },
    );
  });
});
