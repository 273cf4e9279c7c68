import { foreignSeal } from '../../openai-responses/foreign-reasoning.ts';
import { isWireObject, parseJson, textOf } from '../../wire-value.ts';
import type { Dropped } from '../dropped.ts';
import type { Fields } from '../fields.ts';
import type { RedactedThinkingPart, ThinkingPart } from '../neutral.ts';

type Thought = ThinkingPart | RedactedThinkingPart;

/** What only the provider that thought can read; it travels where OpenAI has its own encrypted reasoning. */
interface Sealed {
  readonly signature?: string;
  readonly redacted?: string;
}

/** `encrypted_content` for another provider's proof of its thinking, so that the client gives it back on the next turn. */
export function sealed(what: Sealed): string {
  return foreignSeal + Buffer.from(JSON.stringify(what)).toString('base64url');
}

/** A reasoning item that the client sends back. OpenAI's own encrypted reasoning is readable to nobody else. */
export function readReasoningItem(item: Fields, dropped: Dropped): readonly Thought[] {
  const content = item.text('encrypted_content');
  const shown = [...(item.list('summary') ?? []), ...(item.list('content') ?? [])];
  const text = shown.map((part) => (isWireObject(part) ? textOf(part.text) : '')).join('\n');
  const { signature, redacted } = unsealed(content);
  if (content?.startsWith(foreignSeal) === false) {
    dropped.add(item.lost('encrypted_content'));
  }
  if (redacted !== undefined) return [{ kind: 'redacted_thinking', data: redacted }];
  if (signature !== undefined) return [{ kind: 'thinking', text, signature }];
  return text === '' ? [] : [{ kind: 'thinking', text }];
}

function unsealed(content: string | undefined): Sealed {
  if (content?.startsWith(foreignSeal) !== true) return {};
  const read = parseJson(Buffer.from(content.slice(foreignSeal.length), 'base64url').toString('utf8'));
  if (!isWireObject(read)) return {};
  const { signature, redacted } = read;
  if (typeof redacted === 'string') return { redacted };
  return typeof signature === 'string' ? { signature } : {};
}
