import type { calls } from '../../contract/index.ts';
import type { Handler } from '../handler.ts';

export const readTargetHealth: Handler<typeof calls.readTargetHealth> = (_, { live, clock }) => ({
  at: new Date(clock()).toISOString(),
  targets: live.health.list().map(({ lastCallAt, ...target }) => ({
    ...target,
    lastCallAt: new Date(lastCallAt).toISOString(),
  })),
});
