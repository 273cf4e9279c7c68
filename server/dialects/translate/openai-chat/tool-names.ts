/**
 * OpenAI takes 64 characters for a tool's name, Anthropic 128, and agents use them (`mcp__server__tool`). A longer name
 * is cut, made unique by a hash of the whole, and given back when the model calls it.
 */
export class ToolNames {
  readonly #most: number;
  readonly #longByShort = new Map<string, string>();

  constructor(most: number) {
    this.#most = most;
  }

  shorten(name: string): string {
    if (name.length <= this.#most) return name;
    const short = `${name.slice(0, this.#most - 9)}_${hashOf(name)}`;
    this.#longByShort.set(short, name);
    return short;
  }

  restore(name: string): string {
    return this.#longByShort.get(name) ?? name;
  }
}

/** FNV-1a, 32 bits, as eight hex digits. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
