import type { Logger } from 'pino';
import type { Catalogue } from '#engine/catalogue/index.ts';
import type { Caller } from '#engine/signals/index.ts';
import type { WindowSlices } from './budgets/budget-window.ts';
import type { Ledger } from './budgets/ledger.ts';
import type { OutputExpectation } from './budgets/output-expectation.ts';
import type { Balance } from './budgets/spend-store.ts';
import type { Denial } from './denial.ts';
import type { RateLimitStore } from './limits/rate-limit-store.ts';
import type { EndedCall, Pass } from './pass.ts';
import type { Asked } from './scopes/may-ask.ts';
import type { TargetPlace } from './scopes/may-reach.ts';

/** What passes share. */
export interface GovernanceParts {
  readonly ledger: Ledger;
  readonly rates: RateLimitStore;
  readonly expectation: OutputExpectation;
  readonly catalogue: Pick<Catalogue, 'find'>;
  readonly placeOf: (target: string) => TargetPlace;
  readonly clock: () => number;
  readonly logger: Logger;
}

/** Who may spend what on which model. */
export interface Governance {
  readonly ledger: Ledger;
  /** Why a key is not in force any more; `undefined` while it is. */
  expired(caller: Caller, at: number): Denial | undefined;
  /** Why a key may not use what a request could name; `undefined` where it may. */
  refusesName(caller: Caller, name: string, asked: Asked): string | undefined;
  /** Where a target is and what is kept there. */
  readonly placeOf: (target: string) => TargetPlace;
  /** What one request may do. `at`: when it came, ms since 1970. */
  open<Call extends EndedCall>(request: {
    readonly id: string;
    readonly caller: Caller;
    readonly at: number;
  }): Pass<Call>;
  /** How a budget stands; `undefined` while nobody can say. `from` and `until`: its window, ms since 1970. */
  standingOf(
    budgetId: string,
    now: number,
  ): Promise<(Balance & Pick<WindowSlices, 'from' | 'until'>) | undefined>;
  /** Answers when every budget knows what was spent before. */
  ready(): Promise<void>;
  close(): void;
}
