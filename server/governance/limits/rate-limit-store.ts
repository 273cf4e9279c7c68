/** What is limited: requests and tokens in a minute, requests at one time. */
export type RateUnit = 'requests' | 'tokens' | 'concurrency';

/** A limit of a key or a team. */
export interface RateLimit {
  /** `key ci requests`: names the counter. */
  readonly id: string;
  readonly unit: RateUnit;
  readonly limit: number;
}

/** How a limit stands. */
export interface RateStanding {
  readonly limit: RateLimit;
  /** 0 or more. */
  readonly remaining: number;
  /** Until all of it is free again as far as is known, ms; 0 where it is. */
  readonly resetMs: number;
}

/** What a request holds of its limits. */
export interface RateTicket {
  readonly id: string;
  readonly limits: readonly RateLimit[];
  readonly tokens: number;
  /** When it was taken, ms since 1970. */
  readonly at: number;
}

export type Admitted =
  /** `standings` in the order asked for, this request included. */
  | { readonly kind: 'taken'; readonly ticket: RateTicket; readonly standings: readonly RateStanding[] }
  | {
      readonly kind: 'full';
      /** The limit with too little room; nothing was taken of any. */
      readonly limit: RateLimit;
      /** When there is room as far as is known, ms; `null` where there never will be, or nobody can say. */
      readonly retryAfterMs: number | null;
      readonly standings: readonly RateStanding[];
    };

/**
 * Rates of all keys and teams. One implementation for a process, one for a fleet; a conformance suite for both. In any
 * minute no more than the limit is let through: windows slide, in steps of a second, and last a second longer than a minute
 * at most.
 */
export interface RateLimitStore {
  /** Takes one request and so many tokens of every limit, or nothing of any. */
  take(id: string, limits: readonly RateLimit[], tokens: number, now: number): Promise<Admitted>;
  /** The request is over and used so many tokens, those it came with included. Twice for one ticket counts once. */
  settle(ticket: RateTicket, tokens: number, now: number): Promise<void>;
}

/** How long a request counts as running when nobody says that it is over, ms. */
export const ticketMs = 15 * 60_000;
