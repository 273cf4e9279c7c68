import { diffPolicies, showSetting } from '#engine/policy/diff/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { titleIn } from '../describe-node.ts';
import { groupMark, markIn, noteMark, titleOfMark } from '../marks.ts';
import type { MergeConflict } from './merge-policies.ts';
import { absent } from './merge-values.ts';

/** Where a conflict is, for people: `Model “Cheap”: target`. */
export function placeOfConflict({ path }: MergeConflict, ...policies: readonly Policy[]): string {
  const [first, id, ...field] = path;
  if ((first === 'notes' || first === 'groups') && id !== undefined) {
    const name = markName(first, id, policies);
    return field.length === 0 ? name : `${name}: ${field.join('.')}`;
  }
  if (first !== 'nodes' || id === undefined) return path.length === 0 ? 'The whole policy' : path.join('.');
  const holder = policies.find(({ nodes }) => Object.hasOwn(nodes, id));
  const name = `“${holder === undefined ? id : titleIn(holder, id)}”`;
  return field.length === 0
    ? `Node ${name}`
    : `${name}: ${field.join('.') === 'label' ? 'name' : field.join('.').replaceAll('_', ' ')}`;
}

/** `Note “Why so”`, `Group “Checkout”`. */
function markName(room: 'notes' | 'groups', id: string, policies: readonly Policy[]): string {
  const mark = room === 'notes' ? noteMark(id) : groupMark(id);
  const found = policies.flatMap((policy) => markIn(policy, mark) ?? [])[0];
  return `${room === 'notes' ? 'Note' : 'Group'} “${found === undefined ? id : titleOfMark(found)}”`;
}

/** A side's value for people. */
export function tellSide(conflict: MergeConflict, side: 'base' | 'mine' | 'theirs'): string {
  const value = conflict[side];
  if (value === absent) return side === 'base' ? 'not there' : conflict.path.length <= 2 ? 'deleted' : 'none';
  if (conflict.path[0] === 'nodes' && conflict.path.length === 2) return wholeNode(value);
  return showSetting(value);
}

function wholeNode(value: unknown): string {
  const node = Array.isArray(value) ? value[0] : value;
  return `kept, as ${showSetting(node)}`;
}

/** What came in from `before` to `after`, at most three places by name: `“Cheap”, “Long?” and 2 more`. */
export function tellIncoming(before: Policy, after: Policy): string {
  const { nodes, classifiers, about } = diffPolicies(before, after);
  const places = [
    ...nodes.map(({ id, kind }) => nameIn(kind === 'removed' ? before : after, id, kind)),
    ...classifiers.map(({ id }) => `classifier “${id}”`),
    ...new Set(about.map(({ field }) => tellAbout(field, before, after))),
  ];
  if (places.length === 0) return 'places on the canvas';
  const shown = places.slice(0, 3).join(', ');
  return places.length > 3 ? `${shown} and ${places.length - 3} more` : shown;
}

function tellAbout(field: string, before: Policy, after: Policy): string {
  const [room, id] = field.split('.');
  if ((room !== 'notes' && room !== 'groups') || id === undefined) return `the policy’s ${field}`;
  return markName(room, id, [after, before]).replace(/^./, (letter) => letter.toLowerCase());
}

function nameIn(policy: Policy, id: string, kind: string): string {
  const name = `“${titleIn(policy, id)}”`;
  return kind === 'added' || kind === 'removed' ? `${name} (${kind === 'added' ? 'new' : 'deleted'})` : name;
}
