import { isWireObject, textOf } from '../wire-value.ts';

/** Beginnings by which reasoning of another provider is known when a client sends it back. */
export const foreignSeal = 'waybill.';
export const foreignId = 'rs_waybill_';

/**
 * The items that OpenAI can read; `undefined` where these are all of them. It refuses a whole request for reasoning that
 * is not its own, so a conversation that comes from another provider goes on without what was thought there.
 */
export function withoutForeignReasoning(input: unknown): readonly unknown[] | undefined {
  if (!Array.isArray(input)) return undefined;
  const readable = input.filter((item: unknown) => !isForeignReasoning(item));
  return readable.length === input.length ? undefined : readable;
}

function isForeignReasoning(item: unknown): boolean {
  return (
    isWireObject(item) &&
    item.type === 'reasoning' &&
    (textOf(item.id).startsWith(foreignId) || textOf(item.encrypted_content).startsWith(foreignSeal))
  );
}
