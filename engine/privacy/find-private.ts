import { findAddresses } from './addresses.ts';
import {
  type Detector,
  type Finding,
  type PersonalKind,
  type PrivateKind,
  personalKinds,
  type SecretKind,
  secretKinds,
} from './finding.ts';
import { findIpAddresses } from './network.ts';
import { findNumbers } from './numbers.ts';
import { findSecrets } from './secrets.ts';

const detectors: readonly { readonly kinds: readonly PrivateKind[]; readonly find: Detector }[] = [
  { kinds: secretKinds.filter((kind) => kind !== 'password'), find: findSecrets },
  { kinds: ['email', 'password'], find: findAddresses },
  { kinds: ['card', 'iban', 'ssn', 'phone'], find: findNumbers },
  { kinds: ['ip'], find: findIpAddresses },
];

/** Everything private of some kinds in a text, in order and without overlaps: of two, the one that reaches further. */
export function findPrivate(text: string, kinds: ReadonlySet<PrivateKind>): readonly Finding[] {
  const found: Finding[] = [];
  for (const detector of detectors) {
    if (!detector.kinds.some((kind) => kinds.has(kind))) continue;
    detector.find(text, (finding) => {
      found.push(finding);
      return false;
    });
  }
  found.sort((left, right) => left.start - right.start || right.end - left.end);
  const apart: Finding[] = [];
  for (const finding of found) {
    if (finding.start >= (apart.at(-1)?.end ?? 0)) apart.push(finding);
  }
  return apart.filter(({ kind }) => kinds.has(kind));
}

/** Which kinds of private things a text holds, and nothing of the things themselves. */
export interface PrivateKinds {
  readonly personal: readonly PersonalKind[];
  readonly secret: readonly SecretKind[];
}

const nothing: PrivateKinds = Object.freeze({ personal: Object.freeze([]), secret: Object.freeze([]) });

/** The kinds in a text, each as soon as one thing of it is found. */
export function privateKindsIn(text: string): PrivateKinds {
  const seen = new Set<PrivateKind>();
  for (const { kinds, find } of detectors) {
    let missing = kinds.length;
    find(text, ({ kind }) => {
      if (seen.has(kind)) return false;
      seen.add(kind);
      missing -= 1;
      return missing === 0;
    });
  }
  if (seen.size === 0) return nothing;
  return {
    personal: personalKinds.filter((kind) => seen.has(kind)),
    secret: secretKinds.filter((kind) => seen.has(kind)),
  };
}
