import { canonicalJson, type Policy } from '#engine/policy/index.ts';
import { freeSlug } from '../commands/node-ids.ts';
import { namesAsked, nodesAsking } from '../commands/own-classifiers.ts';

type Classifiers = NonNullable<Policy['classifiers']>;

/** Classifiers of a piece as they stand in the policy that takes it over. */
export interface Brought {
  readonly classifiers: Classifiers;
  /** The name there → the name here. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Puts the own classifiers of a piece into a policy. One that is there already, word for word, is shared; one of the same name
 * that says something else gets another name. `kept`: names the piece had here before, which it keeps where nobody else asks them.
 */
export function bringClassifiers(
  policy: Policy,
  piece: Policy,
  kept: ReadonlyMap<string, string> = new Map(),
  members: ReadonlySet<string> = new Set(),
): Brought {
  const classifiers: Record<string, Classifiers[string]> = { ...policy.classifiers };
  const names = new Map<string, string>();
  const isAskedBeside = (name: string): boolean => nodesAsking(policy, name).some((id) => !members.has(id));
  for (const [there, own] of Object.entries(piece.classifiers ?? {})) {
    const isFree = (name: string): boolean =>
      !Object.hasOwn(classifiers, name) || canonicalJson(classifiers[name]) === canonicalJson(own);
    const before = kept.get(there);
    const name =
      before !== undefined && (isFree(before) || !isAskedBeside(before))
        ? before
        : freeSlug(there, (slug) => !isFree(slug), 'classifier');
    classifiers[name] = own;
    names.set(there, name);
  }
  return { classifiers, names };
}

/** The policy without classifiers that only the piece brought and nobody asks any more. */
export function dropUnasked(policy: Policy, brought: Iterable<string>): Policy {
  const asked = new Set(Object.values(policy.nodes).flatMap((node) => [...namesAsked(node)]));
  const gone = new Set([...brought].filter((name) => !asked.has(name)));
  if (gone.size === 0) return policy;
  return withClassifiers(
    policy,
    Object.fromEntries(Object.entries(policy.classifiers ?? {}).filter(([name]) => !gone.has(name))),
  );
}

/** The policy with these classifiers; without the setting where there are none. */
export function withClassifiers(policy: Policy, classifiers: Classifiers): Policy {
  const { classifiers: _, ...rest } = policy;
  return Object.keys(classifiers).length === 0 ? rest : { ...rest, classifiers };
}
