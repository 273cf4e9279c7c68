/** Privacy: what in a text identifies a person or opens a door, told by its form; and taking it out. */
export { findPrivate, type PrivateKinds, privateKindsIn } from './find-private.ts';
export {
  type Finding,
  type PersonalKind,
  type PrivateKind,
  personalKinds,
  type SecretKind,
  secretKinds,
} from './finding.ts';
export { type RedactableKind, redactableKinds, redactText } from './redact-text.ts';
