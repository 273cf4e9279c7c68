import { isWireObject, textOf } from '../wire-value.ts';

/** Beginning of a signature that holds another provider's proof, or none that Anthropic knows. */
export const foreignSeal = 'waybill.';

export interface OwnThinking {
  readonly messages: readonly unknown[];
  /** Whether a turn that still waits for its tools' results has lost its thinking, without which a budget is refused. */
  readonly pendingLost: boolean;
}

/**
 * The messages that Anthropic can read; `undefined` where these are all of them. It checks the signatures of thinking, so
 * a conversation that comes from another provider goes on without what was thought there.
 */
export function withoutForeignThinking(messages: unknown): OwnThinking | undefined {
  if (!Array.isArray(messages)) return undefined;
  let pendingLost = false;
  let found = false;
  const kept = messages.map((message: unknown) => {
    if (!isWireObject(message) || message.role !== 'assistant' || !Array.isArray(message.content))
      return message;
    const content = message.content.filter((block: unknown) => !isForeign(block));
    pendingLost = content.length < message.content.length && content.some(isCall);
    if (content.length === message.content.length) return message;
    found = true;
    return { ...message, content };
  });
  return found ? { messages: kept.filter((message) => !isEmpty(message)), pendingLost } : undefined;
}

function isForeign(block: unknown): boolean {
  if (!isWireObject(block) || block.type !== 'thinking') return false;
  const signature = textOf(block.signature);
  return signature === '' || signature.startsWith(foreignSeal);
}

function isCall(block: unknown): boolean {
  return isWireObject(block) && block.type === 'tool_use';
}

function isEmpty(message: unknown): boolean {
  return isWireObject(message) && Array.isArray(message.content) && message.content.length === 0;
}
