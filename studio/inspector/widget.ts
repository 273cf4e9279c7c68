import type { Diagnostic, FormField, NodeId, PolicyNode } from '#engine/nodes/index.ts';

/** What every widget gets: the setting it edits, what is wrong with it, and how to change the node. */
export interface WidgetProps {
  readonly id: NodeId;
  readonly node: PolicyNode;
  readonly field: FormField;
  /** Of this setting and everything inside it. */
  readonly problems: readonly Diagnostic[];
  readonly readOnly: boolean;
  /** Changes the setting; answers whether the schema took it. `burst` makes quick changes one step of the history. */
  readonly set: (value: unknown, options?: { readonly burst?: boolean }) => boolean;
  /** Changes the whole node. */
  readonly change: (
    change: (node: PolicyNode) => PolicyNode,
    options?: { readonly burst?: string },
  ) => boolean;
}

/** The value of a setting; `undefined` where it is left out. */
export function settingOf(node: PolicyNode, name: string): unknown {
  return Object.entries(node).find(([key]) => key === name)?.[1];
}

/** The first message about a place, or about anything inside it. */
export function messageAt(problems: readonly Diagnostic[], place: string): string | undefined {
  return problems.find(({ field }) => field === place || field?.startsWith(`${place}.`) === true)?.message;
}
