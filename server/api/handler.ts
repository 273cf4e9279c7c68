import type { AnyCall, BodyOf, ParamsOf, Principal, QueryOf, ResponseOf } from '../contract/index.ts';
import type { Installation } from './installation.ts';
import type { Visit } from './visit.ts';

/** What a handler is given: everything parsed by the call's own schemas. */
export interface Input<C extends AnyCall> {
  readonly params: ParamsOf<C>;
  readonly query: QueryOf<C>;
  readonly body: BodyOf<C>;
  /** Who asks, for the audit. */
  readonly actor: string;
  /** Who asks, with the roles they have. The call's own permission has been asked for; what belongs to a team has not. */
  readonly principal: Principal;
  /** Whence the call comes, and what its answer leaves in the browser. */
  readonly visit: Visit;
}

/** Answers one call. Throws `ApiFailure` for the caller's mistakes; anything else thrown is our bug. */
export type Handler<C extends AnyCall> = (
  input: Input<C>,
  installation: Installation,
) => ResponseOf<C> | Promise<ResponseOf<C>>;
