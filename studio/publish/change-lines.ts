import type { NodeId } from '#engine/nodes/index.ts';
import {
  type FieldChange,
  type NodeChange,
  type PolicyDiff,
  type PortChange,
  showSetting,
} from '#engine/policy/diff/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { titleIn } from '../document/index.ts';

/** One thing that differs, as people read it. `null`: that side does not have it. */
export interface ChangeLine {
  /** `deadline_ms`, `“code” leads to`. */
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** How a node differs: `moved` when nothing but where its exits lead, `relabelled` when nothing that decides. */
export type NodeChangeKind = 'added' | 'removed' | 'changed' | 'moved' | 'relabelled';

/** Both sides of a comparison; exits are told by the titles of what they lead to. */
export interface Sides {
  readonly before: Policy;
  readonly after: Policy;
}

export function kindOfChange({ kind, fields, ports }: NodeChange): NodeChangeKind {
  const onlyLeadsElsewhere = fields.length === 0 && ports.every((port) => port.kind === 'moved');
  return kind === 'changed' && onlyLeadsElsewhere ? 'moved' : kind;
}

/** What differs in a node that is on both sides; of others nothing, since all of it would be. */
export function linesOfNode(change: NodeChange, sides: Sides): readonly ChangeLine[] {
  if (change.before === null || change.after === null) return [];
  return [
    ...change.fields.map(lineOfField),
    ...change.ports.map((port) => lineOfPort(port, sides)),
    ...change.labels.map(lineOfField),
  ];
}

/** What differs beside the nodes: the entry, classifiers, name, description, notes and groups. */
export function linesOfPolicy(
  { entry, classifiers, about }: PolicyDiff,
  sides: Sides,
): readonly ChangeLine[] {
  const begins = entry === null ? [] : [{ what: 'begins at', ...endsOf(entry, sides) }];
  const trained = classifiers.flatMap(({ id, kind, fields }): readonly ChangeLine[] => {
    if (kind === 'added') return [{ what: `classifier ${id}`, before: null, after: 'added' }];
    if (kind === 'removed') return [{ what: `classifier ${id}`, before: 'removed', after: null }];
    return fields.map((field) => lineOfField({ ...field, field: `classifier ${id}.${field.field}` }));
  });
  return [...begins, ...trained, ...about.map(lineOfField)];
}

/** Nothing differs but where things lie. */
export function isSameButPlaces({ nodes, entry, classifiers, about }: PolicyDiff): boolean {
  return nodes.length === 0 && entry === null && classifiers.length === 0 && about.length === 0;
}

function lineOfField({ field, before, after }: FieldChange): ChangeLine {
  const told = (value: unknown) => (value === undefined ? null : showSetting(value));
  return { what: field, before: told(before), after: told(after) };
}

function lineOfPort({ label, kind, before, after }: PortChange, sides: Sides): ChangeLine {
  const ends = endsOf({ before, after }, sides);
  if (kind === 'added') return { what: `new exit “${label}” to`, before: null, after: ends.after };
  if (kind === 'removed') return { what: `exit “${label}” to`, before: ends.before, after: null };
  return { what: `“${label}” leads to`, ...ends };
}

function endsOf(
  { before, after }: { readonly before: NodeId | null; readonly after: NodeId | null },
  sides: Sides,
): { readonly before: string; readonly after: string } {
  const name = (policy: Policy, id: NodeId | null) => (id === null ? 'nowhere' : titleIn(policy, id));
  return { before: name(sides.before, before), after: name(sides.after, after) };
}
