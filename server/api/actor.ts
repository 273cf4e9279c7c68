import type { Response } from 'express';
import type { Principal } from '../contract/index.ts';

/** Notes who asks. */
export function setPrincipal(response: Response, principal: Principal): void {
  response.locals.principal = principal;
}

/** Who asks. Throws when a call reached the API without having been let in, which is our bug. */
export function principalOf(response: Response): Principal {
  const { principal } = response.locals;
  if (principal === undefined) throw new Error('A call reached the API without having been let in.');
  return principal as Principal;
}
