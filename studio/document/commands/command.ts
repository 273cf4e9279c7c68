import type { Policy } from '#engine/policy/index.ts';

/** An edit: a pure function from policy to policy. The same policy back (by identity) means nothing was done. */
export type Command = (policy: Policy) => Policy;

/** Several edits as one. */
export function inOrder(...commands: readonly Command[]): Command {
  return (policy) => commands.reduce((now, command) => command(now), policy);
}
