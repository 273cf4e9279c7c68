/** How targets do at one moment: made anew when something changes, never changed, shared by all requests in between. */
export interface HealthSnapshot {
  /** Ids of providers that can be called here; `*` where the sandbox stands in for all. */
  readonly providers: readonly string[];
  /** Targets whose circuit breaker is open. */
  readonly open: readonly string[];
  /** By target: share of calls that failed lately, 0–1. */
  readonly errorRate: Readonly<Record<string, number>>;
  /** By target, ms. */
  readonly firstTokenMs: Readonly<Record<string, number>>;
  /** By target. */
  readonly tokensPerSecond: Readonly<Record<string, number>>;
}

/** What the gateway knows beyond the request and its caller at the moment of deciding. */
export interface LiveState {
  readonly health: HealthSnapshot;
  /** By id of a limit node: used in its present window, in the node's unit, before this request. */
  readonly limitsUsed: Readonly<Record<string, number>>;
  /** Used share of the caller's tightest budget; 0 where there is none. */
  readonly budgetUsed: number;
  readonly session: SessionState;
  /** Answers of the user's own classifiers by id. */
  readonly classifiers: {
    readonly label: Readonly<Record<string, string>>;
    readonly confidence: Readonly<Record<string, number>>;
  };
}

/** Where a conversation was served last. */
export interface SessionState {
  /** Empty when none served it. */
  readonly target: string;
  /** Input tokens that target's prompt cache should still hold. */
  readonly warmTokens: number;
  readonly idleSeconds: number;
}

const nothing: Readonly<Record<string, never>> = Object.freeze({});
const none: readonly never[] = Object.freeze([]);

/** Health of which nothing is known but which providers can be called. */
export function unknownHealth(providers: readonly string[]): HealthSnapshot {
  return Object.freeze({
    providers,
    open: none,
    errorRate: nothing,
    firstTokenMs: nothing,
    tokensPerSecond: nothing,
  });
}

/** The state of an installation that has seen nothing yet and can call `providers`. */
export function noLiveState(providers: readonly string[] = none): LiveState {
  return Object.freeze({
    health: unknownHealth(providers),
    limitsUsed: nothing,
    budgetUsed: 0,
    session: Object.freeze({ target: '', warmTokens: 0, idleSeconds: 0 }),
    classifiers: Object.freeze({ label: nothing, confidence: nothing }),
  });
}
