import type { Response } from 'express';

/** Notes who asks, for the audit. */
export function setActor(response: Response, actor: string): void {
  response.locals.actor = actor;
}

/** Who asks: `admin` with the token, `local` from this machine without one. */
export function actorOf(response: Response): string {
  const { actor } = response.locals;
  if (typeof actor !== 'string') throw new Error('A call reached the API without having been let in.');
  return actor;
}
