import type { ErrorClass } from '#engine/nodes/index.ts';

/** A no as a provider writes it: who says what, its status, its body, and what it means. */
export type ProviderProblem = readonly [who: string, status: number, body: unknown, means: ErrorClass];
