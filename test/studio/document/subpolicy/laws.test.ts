import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, targetsOf } from '#engine/plan/index.ts';
import { emptyPolicy, type Policy, reachableFrom, semanticHash } from '#engine/policy/index.ts';
import { type NamedSignals, signalsFrom } from '#engine/signals/index.ts';
import {
  extractSubpolicy,
  pieceOf,
  previewUpdate,
  stateOfSubpolicy,
  takeOver,
} from '../../../../studio/document/index.ts';
import { arbitraryPolicy } from '../../../laws/arbitrary-policy.ts';
import { arbitrarySignals } from '../../../laws/arbitrary-record.ts';
import { lawPlan } from '../../../laws/law-world.ts';
import { versionOf } from './builders.ts';

const runs = { numRuns: 60, seed: Number(process.env.LAWS_SEED ?? 20_261_123) };

/** A policy under another id, so that it can be taken over. */
const guests = arbitraryPolicy.map((policy): Policy => ({ ...policy, id: 'guest', name: 'Guest' }));

/** What a split without salt draws hangs on its node's id, which is another where it is taken over. */
function salted(policy: Policy): Policy {
  const nodes = Object.entries(policy.nodes).map(([id, node]) => [
    id,
    node.kind === 'split' && node.salt === undefined ? { ...node, salt: id } : node,
  ]);
  return { ...policy, nodes: Object.fromEntries(nodes) };
}

/** The policy with a model behind every output that is open. */
function closed(policy: Policy): Policy {
  const nodes = Object.entries(policy.nodes).map(([id, node]) => [
    id,
    node.kind === 'output' && node.to === null ? { ...node, to: 'end' } : node,
  ]);
  return {
    ...policy,
    nodes: { ...Object.fromEntries(nodes), end: { kind: 'model', target: 'openai/gpt-5.5' } },
  };
}

/** Signals as they are where a limit has another node's id. */
function renamed(signals: NamedSignals, ids: Readonly<Record<string, string>>): NamedSignals {
  const used = signals['limits.used'];
  if (used == null) return signals;
  const entries = Object.entries(used).map(([id, amount]) => [ids[id] ?? id, amount]);
  return { ...signals, 'limits.used': Object.fromEntries(entries) };
}

const targetsBy = (policy: Policy, signals: NamedSignals) =>
  targetsOf(decide(lawPlan(policy), signalsFrom(signals)));

describe('a policy that is taken over', () => {
  it('is unchanged in any other policy, whatever that has', () => {
    fc.assert(
      fc.property(arbitraryPolicy, guests, (host, guest) => {
        const both = takeOver('guest', versionOf(guest), [0, 0])(host);
        expect(stateOfSubpolicy(both, 'guest')).toBe('unchanged');
        expect(pieceOf(both, 'guest')?.nodes).toEqual(guest.nodes);
        expect(Object.keys(both.nodes).length).toBe(
          Object.keys(host.nodes).length + Object.keys(guest.nodes).length,
        );
      }),
      runs,
    );
  });

  it('leads requests to the models it leads them to by itself', () => {
    fc.assert(
      fc.property(guests, arbitrarySignals, (raw, signals) => {
        const guest = salted(raw);
        const both = takeOver('guest', versionOf(guest), [0, 0])(emptyPolicy('host', 'Host'));
        const ids = both.groups?.guest?.subpolicy?.nodes ?? {};
        expect(targetsBy(closed(both), renamed(signals, ids))).toEqual(targetsBy(closed(guest), signals));
      }),
      runs,
    );
  });

  it('is any other version when brought to it, and without conflict where nothing was changed', () => {
    fc.assert(
      fc.property(arbitraryPolicy, guests, guests, (host, guest, next) => {
        const both = takeOver('guest', versionOf(guest), [0, 0])(host);
        const updated = previewUpdate(both, 'guest', guest, versionOf(next, 2));
        expect(updated?.conflicts).toEqual([]);
        expect(stateOfSubpolicy(updated?.policy ?? host, 'guest')).toBe('unchanged');
        const piece = pieceOf(updated?.policy ?? host, 'guest');
        expect(piece === undefined ? '' : semanticHash(piece)).toBe(semanticHash(next));
      }),
      runs,
    );
  });
});

describe('nodes that are made a sub-policy', () => {
  it('go on leading requests where they led them', () => {
    let made = 0;
    const choice = fc.tuple(fc.nat(), fc.nat());
    fc.assert(
      fc.property(arbitraryPolicy, arbitrarySignals, choice, (raw, signals, [start, count]) => {
        const policy = closed(raw);
        const ids = Object.keys(policy.nodes);
        const within = [...reachableFrom(policy, ids[start % ids.length] ?? null)];
        const outcome = extractSubpolicy(policy, within.slice(0, 1 + (count % within.length)), {
          id: 'guest',
          name: 'Guest',
        });
        if (outcome.kind === 'refused') return;
        made += 1;
        expect(stateOfSubpolicy(outcome.host, outcome.group)).toBe('unchanged');
        expect(targetsBy(outcome.host, signals)).toEqual(targetsBy(policy, signals));
      }),
      { ...runs, numRuns: 150 },
    );
    expect(made).toBeGreaterThan(30);
  });
});
