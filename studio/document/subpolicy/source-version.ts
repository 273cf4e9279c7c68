import type { Policy } from '#engine/policy/index.ts';

/** A version of another policy, as it can be taken over. */
export interface SourceVersion {
  readonly policy: Policy;
  /** `null`: not published. */
  readonly version: number | null;
  /** Semantic hash of the policy. */
  readonly hash: string;
}

/** `guard v3`. */
export function nameOfSource({ policy, version }: SourceVersion): string {
  return version === null ? policy.name : `${policy.name} v${version}`;
}
