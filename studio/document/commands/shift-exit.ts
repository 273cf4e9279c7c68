import { kindOf } from '#engine/nodes/index.ts';
import type { Command } from './command.ts';
import type { Exit } from './connect.ts';
import { exitsOf, withNode } from './exits.ts';

/** The exit before (-1) or behind (1) another, among those that a node always has. */
export function neighbourExit(
  exits: ReturnType<typeof exitsOf>,
  port: string,
  step: -1 | 1,
): string | undefined {
  const fixed = exits.filter((exit) => exit.open !== true);
  const at = fixed.findIndex((exit) => exit.id === port);
  return at < 0 ? undefined : fixed[at + step]?.id;
}

/** Leads a neighbouring exit to where this one leads, and this one to where the neighbour led. */
export function shiftExit(from: Exit, step: -1 | 1): Command {
  return (policy) =>
    withNode(policy, from.node, (node) => {
      const exits = exitsOf(node);
      const other = neighbourExit(exits, from.port, step);
      if (other === undefined) return node;
      const here = exits.find(({ id }) => id === from.port)?.to ?? null;
      const there = exits.find(({ id }) => id === other)?.to ?? null;
      if (here === there) return node;
      const kind = kindOf(node);
      return kind.withTarget(kind.withTarget(node, from.port, there), other, here);
    });
}
