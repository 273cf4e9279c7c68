import type { NodeId, PolicyNode } from '../../nodes/index.ts';
import type { Policy } from '../../policy/index.ts';

/** One number of a policy, by node and field, with what it is now. */
export interface SweepPlace {
  /** `node.field`, as {@link findPlace} reads it. */
  readonly name: string;
  readonly node: NodeId;
  readonly value: number;
  /** Bounds a setting must stay within. */
  readonly least: number;
  readonly most: number;
  /** The policy with another number there. */
  readonly set: (value: number) => Policy;
}

export type FoundPlace =
  | { readonly kind: 'found'; readonly place: SweepPlace }
  | { readonly kind: 'none'; readonly message: string };

/** Every number of a policy that can be varied, in the order of its nodes. */
export function placesIn(policy: Policy): readonly SweepPlace[] {
  return Object.entries(policy.nodes).flatMap(([id, node]) => placesOfNode(policy, id, node));
}

/** The place with a name; where there is none, a sentence that names those there are. */
export function findPlace(policy: Policy, name: string): FoundPlace {
  const places = placesIn(policy);
  const place = places.find((one) => one.name === name);
  if (place !== undefined) return { kind: 'found', place };
  const known = places.map((one) => one.name);
  const message =
    known.length === 0
      ? `"${name}" cannot be varied: the policy has no number that can.`
      : `"${name}" cannot be varied. What can: ${known.join(', ')}.`;
  return { kind: 'none', message };
}

function placesOfNode(policy: Policy, id: NodeId, node: PolicyNode): readonly SweepPlace[] {
  const put = (changed: PolicyNode): Policy => ({ ...policy, nodes: { ...policy.nodes, [id]: changed } });
  switch (node.kind) {
    case 'classifier':
      return [
        {
          name: `${id}.confidence`,
          node: id,
          value: node.confidence,
          least: 0,
          most: 1,
          set: (confidence) => put({ ...node, confidence }),
        },
      ];
    case 'condition':
      return node.cases.flatMap((one, index) =>
        numbersIn(one.when).map(
          ({ value, from, to }, nth): SweepPlace => ({
            name: nth === 0 ? `${id}.cases.${one.id}` : `${id}.cases.${one.id}.${nth}`,
            node: id,
            value,
            least: 0,
            most: Number.MAX_SAFE_INTEGER,
            set: (next) => {
              const when = `${one.when.slice(0, from)}${literal(next, one.when.slice(from, to))}${one.when.slice(to)}`;
              const cases = node.cases.map((other, at) => (at === index ? { ...other, when } : other));
              return put({ ...node, cases });
            },
          }),
        ),
      );
    case 'split':
      return node.arms.map((arm) => ({
        name: `${id}.arms.${arm.id}`,
        node: id,
        value: arm.share,
        least: 0,
        most: 1,
        set: (share) => put({ ...node, arms: sharesWith(node.arms, arm.id, share) }),
      }));
    case 'pool': {
      if (node.objective !== 'balanced') return [];
      const weights = node.weights ?? { cost: 1, latency: 1, quality: 1 };
      return (['cost', 'latency', 'quality'] as const).map((name) => ({
        name: `${id}.weights.${name}`,
        node: id,
        value: weights[name],
        least: 0,
        most: 10,
        set: (weight) => put({ ...node, weights: { ...weights, [name]: weight } }),
      }));
    }
    case 'limit':
      return [
        {
          name: `${id}.amount`,
          node: id,
          value: node.amount,
          least: Number.MIN_VALUE,
          most: 1e15,
          set: (amount) => put({ ...node, amount }),
        },
      ];
    default:
      return [];
  }
}

/** The other arms share what is left as they did; evenly where they had nothing. */
function sharesWith<A extends { readonly id: string; readonly share: number }>(
  arms: readonly A[],
  id: string,
  share: number,
): A[] {
  const others = arms.filter((arm) => arm.id !== id);
  const had = others.reduce((sum, arm) => sum + arm.share, 0);
  return arms.map((arm) => {
    if (arm.id === id) return { ...arm, share };
    return { ...arm, share: (1 - share) * (had === 0 ? 1 / others.length : arm.share / had) };
  });
}

/** Texts are passed over whole, names with the digits in them too. */
const tokens = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_][\w]*|\d+(?:\.\d+)?/g;

function numbersIn(
  text: string,
): readonly { readonly value: number; readonly from: number; readonly to: number }[] {
  return [...text.matchAll(tokens)].flatMap(({ 0: token, index }) =>
    /^\d/.test(token) ? [{ value: Number(token), from: index, to: index + token.length }] : [],
  );
}

/** Whole numbers stay whole: CEL does not compare an int with a double literal everywhere. */
function literal(value: number, old: string): string {
  if (!old.includes('.') && Number.isInteger(value)) return String(value);
  const text = String(value);
  return text.includes('.') || text.includes('e') ? text : `${text}.0`;
}
