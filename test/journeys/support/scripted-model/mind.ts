/** What the scripted model is asked, whatever the wire form it came in. */
export interface Ask {
  readonly model: string;
  readonly system: string;
  /** Text of the latest message a person (or the client in its name) wrote. */
  readonly user: string;
  readonly images: number;
  readonly tools: readonly OfferedTool[];
  /** What tools answered in the conversation, in order. */
  readonly results: readonly string[];
  /** The JSON schema the answer must have; `null` when prose is fine. */
  readonly schema: object | null;
}

export interface OfferedTool {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ToolCall {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What it answers: text, or calls of tools, or both. */
export interface Say {
  readonly text: string;
  readonly calls: readonly ToolCall[];
}

/** A model whose answers a test writes. Pure: an ask has one answer. */
export type Mind = (ask: Ask) => Say;

export const say = (text: string): Say => ({ text, calls: [] });
export const call = (...calls: readonly ToolCall[]): Say => ({ text: '', calls });

/** Cuts a text into pieces as a model's tokens would come: never at a place that would be convenient. */
export function pieces(text: string, length = 7): readonly string[] {
  const characters = [...text];
  const cut: string[] = [];
  for (let at = 0; at < characters.length; at += length) cut.push(characters.slice(at, at + length).join(''));
  return cut;
}

/** A stable count that looks like tokens. */
export function tokensOf(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects of a list on the wire; nothing where it is none. */
export function objects(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Text of a wire content: a string, or parts that carry `text`. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return objects(content)
    .map((part) => (typeof part.text === 'string' ? part.text : ''))
    .join('');
}
