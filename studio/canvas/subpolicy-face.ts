import type { Policy } from '#engine/policy/index.ts';
import { freeSlug, stateOfSubpolicy } from '../document/index.ts';
import type { Published } from './use-published.ts';

/** What a sub-policy's card and frame say of where it comes from. */
export interface SubpolicyFace {
  readonly policy: string;
  /** `null`: it was not published when it was made. */
  readonly version: number | null;
  readonly isChanged: boolean;
  /** A version that came out since; `null` where there is none. */
  readonly newer: number | null;
}

/** `undefined` for a group that is no sub-policy. */
export function faceOf(policy: Policy, group: string, published: Published): SubpolicyFace | undefined {
  const subpolicy = policy.groups?.[group]?.subpolicy;
  if (subpolicy === undefined) return undefined;
  const { policy: source, version } = subpolicy;
  return {
    policy: source,
    version,
    isChanged: stateOfSubpolicy(policy, group) === 'changed',
    newer: newerThan(version, published.get(source)),
  };
}

/** The newest version where it came out after the one that was taken over. */
export function newerThan(version: number | null, newest: number | null | undefined): number | null {
  return newest != null && newest > (version ?? 0) ? newest : null;
}

/** `guard v3`; what was never published has no number yet. */
export function tellSource({ policy, version }: Pick<SubpolicyFace, 'policy' | 'version'>): string {
  return version === null ? `${policy} (draft)` : `${policy} v${version}`;
}

/** Whether a name says already which policy it is. */
export function isNamedAs(name: string, policy: string): boolean {
  return freeSlug(name, () => false) === policy;
}

/** For a screen reader, behind the name. */
export function spokenFace({ isChanged, newer }: SubpolicyFace): string {
  return `${isChanged ? ', changed here' : ''}${newer === null ? '' : `, version ${newer} is out`}`;
}
