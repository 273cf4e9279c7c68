import { isWireObject, parseJson, type WireObject } from '../../wire-value.ts';

/** How a client offered a tool, for the item that calls it. */
export interface ToolKind {
  /** Custom tools take free text; everyone else's tools take JSON. */
  readonly kind: 'function' | 'custom';
  readonly name: string;
  /** The group it was offered in; absent outside one. */
  readonly namespace?: string;
}

/**
 * A tool's name where there are no namespaces. The tools of Codex stand in the namespace `functions`, which is OpenAI's
 * word for having none; others keep theirs in the name, as two groups may have a tool of one name.
 */
export function flatName(name: string, namespace: string | undefined): string {
  return namespace === undefined || namespace === 'functions' ? name : `${namespace}__${name}`;
}

/** A free text as the arguments of the function that stands for a custom tool. */
export function argumentsOfText(text: string): string {
  return JSON.stringify({ input: text });
}

/** The free text back, as far as the model kept to the form; else what it wrote, for the client's tool to judge. */
export function textOfArguments(argumentsJson: string): string {
  const read = parseJson(argumentsJson);
  return isWireObject(read) && typeof read.input === 'string' ? read.input : argumentsJson;
}

/** The tools of a request by flat name: those of `tools`, and those that a conversation brings along as it goes. */
export function toolKinds(asked: WireObject): ReadonlyMap<string, ToolKind> {
  const kinds = new Map<string, ToolKind>();
  collect(asked.tools, undefined, kinds);
  if (Array.isArray(asked.input))
    for (const item of asked.input)
      if (isWireObject(item) && item.type === 'additional_tools') collect(item.tools, undefined, kinds);
  return kinds;
}

function collect(tools: unknown, namespace: string | undefined, into: Map<string, ToolKind>): void {
  if (!Array.isArray(tools)) return;
  for (const tool of tools) {
    if (!isWireObject(tool) || typeof tool.name !== 'string') continue;
    if (tool.type === 'namespace') collect(tool.tools, tool.name, into);
    else if (tool.type === 'function' || tool.type === 'custom') {
      const { name, type: kind } = tool;
      into.set(
        flatName(name, namespace),
        namespace === undefined ? { kind, name } : { kind, name, namespace },
      );
    }
  }
}
