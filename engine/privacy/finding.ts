/** What identifies a person. */
export const personalKinds = ['email', 'phone', 'card', 'iban', 'ip', 'ssn'] as const;
/** What opens a door. */
export const secretKinds = ['api_key', 'aws_key', 'jwt', 'private_key', 'password'] as const;

export type PersonalKind = (typeof personalKinds)[number];
export type SecretKind = (typeof secretKinds)[number];
export type PrivateKind = PersonalKind | SecretKind;

/** Where something private stands in a text: UTF-16 units, `end` exclusive. The value itself is never kept. */
export interface Finding {
  readonly kind: PrivateKind;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds things of its kinds in a text, from left to right; answers `true` from `take` stop it. Every detector takes time
 * linear in the text: candidates are found by searches of fixed length, and what is around them is read in bounded steps.
 */
export type Detector = (text: string, take: (finding: Finding) => boolean) => void;
