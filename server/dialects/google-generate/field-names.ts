import type { WireObject } from '../wire-value.ts';

/**
 * An object of Google's with its own names in camel case. Both spellings are taken on the wire (`system_instruction`,
 * `systemInstruction`: protobuf's JSON mapping). Only the object itself: what is inside may be the client's own data.
 */
export function camelNames(wire: WireObject): WireObject {
  let renamed: Record<string, unknown> | undefined;
  for (const name of Object.keys(wire)) {
    if (!name.includes('_')) continue;
    renamed ??= { ...wire };
    delete renamed[name];
    renamed[camelName(name)] ??= wire[name];
  }
  return renamed ?? wire;
}

function camelName(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The spellings in which the client wrote a field; camel case where it did not write it. */
export function spellingsOf(wire: WireObject, name: string): readonly string[] {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const written = [name, snake].filter((spelling) => wire[spelling] !== undefined);
  return written.length === 0 ? [name] : written;
}

/** `models/openai/gpt-5-mini` is `openai/gpt-5-mini` to everybody but Google. */
export function bareModel(name: string): string {
  return name.startsWith('models/') ? name.slice('models/'.length) : name;
}
