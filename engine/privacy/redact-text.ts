import { findPrivate } from './find-private.ts';
import { type PrivateKind, personalKinds, secretKinds } from './finding.ts';

/** What can be asked to be taken out of a text; `secret` is every kind of secret. */
export const redactableKinds = [...personalKinds, 'secret'] as const;
export type RedactableKind = (typeof redactableKinds)[number];

/**
 * A text with everything of some kinds replaced by the kind's name in brackets: `mail [email] today`. All else stays as it
 * was. What is found is found by its form, so what has no form of its own (a name, a street) stays.
 */
export function redactText(text: string, kinds: readonly RedactableKind[]): string {
  const wanted = new Set<PrivateKind>(
    kinds.flatMap((kind): readonly PrivateKind[] => (kind === 'secret' ? secretKinds : [kind])),
  );
  // Taking one thing out may leave another standing alone that could not be told before.
  let redacted = text;
  for (let round = 0; round < mostRounds; round += 1) {
    const next = redactOnce(redacted, wanted);
    if (next === redacted) return next;
    redacted = next;
  }
  return redacted;
}

const mostRounds = 4;

function redactOnce(text: string, wanted: ReadonlySet<PrivateKind>): string {
  const parts: string[] = [];
  let done = 0;
  for (const { kind, start, end } of findPrivate(text, wanted)) {
    parts.push(text.slice(done, start), `[${nameOf(kind)}]`);
    done = end;
  }
  return done === 0 ? text : `${parts.join('')}${text.slice(done)}`;
}

const secrets: ReadonlySet<PrivateKind> = new Set(secretKinds);

function nameOf(kind: PrivateKind): RedactableKind {
  return secrets.has(kind) ? 'secret' : (kind as RedactableKind);
}
