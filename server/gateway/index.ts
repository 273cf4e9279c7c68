/** The gateway: the way of a request from a client's wire to a model and back. */
export { isGatewayPath } from './find-route.ts';
export { handleGateway } from './handle-request.ts';
export { makePlanDirectory } from './make-plan-directory.ts';
export type { PlanDirectory, Resolved } from './plan-directory.ts';
