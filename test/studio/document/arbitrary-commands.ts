import fc from 'fast-check';
import { kindNamed, type NodeId, type NodeKindName, nodeRegistry } from '#engine/nodes/index.ts';
import { edgesOf, type Policy } from '#engine/policy/index.ts';
import {
  addNode,
  addNote,
  addToGroup,
  type Command,
  changeGroup,
  changeNode,
  changeNote,
  clipOf,
  connect,
  deleteNodes,
  deleteNotes,
  describePolicy,
  disconnect,
  duplicate,
  type Exit,
  exitsOf,
  freeSlug,
  groupNodes,
  insertOnEdge,
  layoutAll,
  layoutMissing,
  moveNodes,
  newIdsFor,
  pasteNodes,
  renameNode,
  resizeNote,
  setEntry,
  takeOutOfGroups,
  ungroup,
} from '../../../studio/document/commands/index.ts';

const kindName: fc.Arbitrary<NodeKindName> = fc.constantFrom(...nodeRegistry.map((kind) => kind.kind));
const pick = fc.nat({ max: 1_000 });
const place = fc.tuple(fc.double({ noNaN: false }), fc.integer({ min: -2_000_000, max: 2_000_000 }));
const label = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.constantFrom('Constructor', 'Else', '__proto__', 'Größe?', ''),
);

const mark = fc.constantFrom('one', 'two', 'three');

/** Every kind of edit an author can make, with places and names out of the common run; picks wrap around. */
export const someCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(kindName, label, fc.option(place), fc.option(pick)).map(
    ([name, text, at, from]): Command =>
      (policy) => {
        const exit = from === null ? undefined : exitAt(policy, from);
        return addNode(
          { id: idFor(policy, text), node: kindNamed(name).blank(), at: at ?? undefined },
          exit,
        )(policy);
      },
  ),
  fc.tuple(kindName, label, pick).map(
    ([name, text, edge]): Command =>
      (policy) => {
        const chosen = edgesOf(policy)[edge % Math.max(1, edgesOf(policy).length)];
        if (chosen === undefined) return policy;
        const exit = { node: chosen.from, port: chosen.port.id };
        return insertOnEdge({ id: idFor(policy, text), node: kindNamed(name).blank() }, exit)(policy);
      },
  ),
  fc
    .tuple(pick, pick)
    .map(([from, to]) => on(from, (exit) => (policy) => connect(exit, nodeAt(policy, to))(policy))),
  pick.map((from) => on(from, disconnect)),
  fc.tuple(pick, place).map(
    ([id, at]): Command =>
      (policy) =>
        moveNodes(new Map([[nodeAt(policy, id), at]]))(policy),
  ),
  fc.tuple(fc.array(pick, { maxLength: 4 }), fc.boolean()).map(
    ([ids, heal]): Command =>
      (policy) =>
        deleteNodes(
          ids.map((id) => nodeAt(policy, id)),
          { heal },
        )(policy),
  ),
  fc.tuple(pick, label).map(
    ([id, text]): Command =>
      (policy) =>
        renameNode(nodeAt(policy, id), text)(policy),
  ),
  fc.tuple(pick, fc.anything()).map(
    ([id, value]): Command =>
      (policy) =>
        changeNode(nodeAt(policy, id), (node) => ({ ...node, description: value }) as typeof node)(policy),
  ),
  pick.map(
    (id): Command =>
      (policy) =>
        setEntry(nodeAt(policy, id))(policy),
  ),
  fc.array(pick, { maxLength: 4 }).map(
    (ids): Command =>
      (policy) => {
        const clip = clipOf(
          policy,
          ids.map((id) => nodeAt(policy, id)),
        );
        return duplicate(clip, newIdsFor(policy, clip))(policy);
      },
  ),
  fc.tuple(fc.array(pick, { maxLength: 4 }), place).map(
    ([ids, at]): Command =>
      (policy) => {
        const clip = clipOf(
          policy,
          ids.map((id) => nodeAt(policy, id)),
        );
        return pasteNodes(clip, newIdsFor(policy, clip), at)(policy);
      },
  ),
  fc.tuple(label, label).map(([name, description]) => describePolicy({ name, description })),
  fc.constantFrom(layoutAll(), layoutMissing()),
  mark.chain((id) =>
    fc.oneof(
      fc.tuple(place, label).map(([at, text]) => addNote(id, { at: [at[0], at[1]], text })),
      label.map((text) => changeNote(id, { text })),
      place.map((size) => resizeNote(id, size)),
      fc.constant(deleteNotes([id])),
      label.map((name) => changeGroup(id, { name, collapsed: name.length % 2 === 0 })),
      fc.constant(ungroup([id])),
    ),
  ),
  fc.tuple(mark, label, fc.array(pick, { minLength: 1, maxLength: 4 })).map(
    ([id, name, ids]): Command =>
      (policy) => {
        const nodes = ids.map((one) => nodeAt(policy, one));
        return ids.length === 1
          ? takeOutOfGroups(nodes)(policy)
          : addToGroup(id, nodes)(groupNodes(id, name, nodes.slice(1))(policy));
      },
  ),
);

export const someCommands = fc.array(someCommand, { maxLength: 20 });

function on(from: number, make: (exit: Exit) => Command): Command {
  return (policy) => {
    const exit = exitAt(policy, from);
    return exit === undefined ? policy : make(exit)(policy);
  };
}

function exitAt(policy: Policy, at: number): Exit | undefined {
  const exits = Object.entries(policy.nodes).flatMap(([node, settings]) =>
    exitsOf(settings).map((exit) => ({ node, port: exit.id })),
  );
  return exits[at % Math.max(1, exits.length)];
}

function nodeAt(policy: Policy, at: number): NodeId {
  const ids = Object.keys(policy.nodes);
  return ids[at % Math.max(1, ids.length)] ?? 'nowhere';
}

function idFor(policy: Policy, text: string): NodeId {
  return freeSlug(text, (slug) => Object.hasOwn(policy.nodes, slug));
}
