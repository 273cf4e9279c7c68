import type { ErrorClass } from '#engine/nodes/index.ts';

/** Failures one can ask for by name, to try what a policy does about them. */
const faults = {
  'error-429': { rate_limit: 1 },
  'error-500': { server_error: 1 },
  'error-401': { auth: 1 },
  'error-400': { invalid_request: 1 },
  'error-context': { context_length: 1 },
  'error-filter': { content_filter: 1 },
  'error-network': { network: 1 },
  /** Never answers. */
  silent: { timeout: 1 },
  /** Answers, at ten tokens a second after eight seconds. */
  slow: {},
  /** Ends in the middle of a streamed answer. */
  'broken-stream': {},
  /** Says 200 and then, as the first thing in the stream, an error. */
  'error-in-stream': {},
} as const satisfies Record<string, Readonly<Partial<Record<ErrorClass, number>>>>;
export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as readonly FaultName[];

export interface Fault {
  readonly name: FaultName;
  readonly errorRates: Readonly<Partial<Record<ErrorClass, number>>>;
  readonly speed: { readonly firstTokenMs?: number; readonly tokensPerSecond?: number };
}

/** The failure a sandbox model is named after, if it is. */
export function faultNamed(model: string): Fault | undefined {
  if (!isFaultName(model)) return undefined;
  const speed = model === 'slow' ? { firstTokenMs: 8_000, tokensPerSecond: 10 } : {};
  return { name: model, errorRates: faults[model], speed };
}

function isFaultName(model: string): model is FaultName {
  return Object.hasOwn(faults, model);
}
