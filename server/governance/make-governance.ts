import type { Logger } from 'pino';
import type { Catalogue } from '#engine/catalogue/index.ts';
import type { Caller } from '#engine/signals/index.ts';
import type { ConfigFile } from '../config/config.ts';
import type { ConfigStore, Configuration } from '../store/config-store.ts';
import type { RecordLog } from '../store/record-log.ts';
import type { Budget } from './budgets/budget.ts';
import { Ledger } from './budgets/ledger.ts';
import { makeMemorySpendStore } from './budgets/make-memory-spend-store.ts';
import { OutputExpectation } from './budgets/output-expectation.ts';
import { budgetFrom } from './budgets/read-budget.ts';
import type { SpendStore } from './budgets/spend-store.ts';
import type { Governance, GovernanceParts } from './governance.ts';
import { makeMemoryRateLimits } from './limits/make-memory-rate-limits.ts';
import type { RateLimitStore } from './limits/rate-limit-store.ts';
import { teamRulesOf } from './make-key-directory.ts';
import { Pass } from './pass.ts';
import { type Grant, grantFrom, type KeyRules } from './scopes/grant.ts';
import { whyNotAsked } from './scopes/may-ask.ts';
import { makePlaces, whyNotReached } from './scopes/may-reach.ts';

interface Parts {
  readonly store: Pick<ConfigStore, 'read' | 'subscribe'>;
  readonly log: Pick<RecordLog, 'flush' | 'spend'>;
  readonly file: ConfigFile;
  readonly catalogue: Pick<Catalogue, 'find'>;
  readonly clock: () => number;
  readonly logger: Logger;
  /** Stores of leases and rates; those of this process where left out. */
  readonly spend?: SpendStore;
  readonly rates?: RateLimitStore;
}

/** Budgets, limits and scopes of config file and store, in force as soon as they are saved. */
export function makeGovernance({ store, log, file, catalogue, clock, logger, ...own }: Parts): Governance {
  const ledger = new Ledger({ store: own.spend ?? makeMemorySpendStore(), log, clock, logger });
  let places = makePlaces([...store.read().providers, ...file.providers], catalogue);
  const parts: GovernanceParts = {
    ledger,
    rates: own.rates ?? makeMemoryRateLimits(),
    expectation: new OutputExpectation(),
    catalogue,
    placeOf: (target) => places(target),
    clock,
    logger,
  };
  let ofTeams = teamRulesOf(store.read(), file.teams);
  let rules = rulesOf(store.read(), file);
  let grants = new WeakMap<Caller, Grant>();
  ledger.follow(budgetsOf(store.read(), file));
  const stop = store.subscribe((state) => {
    rules = rulesOf(state, file);
    ofTeams = teamRulesOf(state, file.teams);
    places = makePlaces([...state.providers, ...file.providers], catalogue);
    grants = new WeakMap();
    ledger.follow(budgetsOf(state, file));
  });
  const grantOf = (caller: Caller): Grant => {
    const known = grants.get(caller);
    if (known !== undefined) return known;
    const made = grantFrom(
      { id: caller.key, team: caller.team },
      rules.get(caller.key) ?? {},
      ofTeams.get(caller.team) ?? {},
    );
    grants.set(caller, made);
    return made;
  };
  return {
    ledger,
    expired: ({ key }, at) => {
      const until = rules.get(key)?.expiresAt;
      if (until === undefined || at < Date.parse(until)) return undefined;
      const message = `The key "${key}" expired at ${until}. Ask for a new one.`;
      return { code: 'key_expired', status: 401, message, retryAfterMs: null, error: 'unavailable' };
    },
    refusesName: (caller, name, asked) =>
      whyNotAsked(grantOf(caller), name, asked) ??
      (asked.kind === 'target' ? whyNotReached(grantOf(caller), asked.target, parts.placeOf) : undefined),
    placeOf: parts.placeOf,
    open: (request) => new Pass(parts, grantOf(request.caller), request),
    standingOf: (budgetId, now) => ledger.standingOf(budgetId, now),
    ready: () => ledger.ready(),
    close: stop,
  };
}

/** The config file's keys come before the studio's of the same id. */
function rulesOf(state: Configuration, file: ConfigFile): ReadonlyMap<string, KeyRules> {
  return new Map<string, KeyRules>([...state.keys, ...file.keys].map((key) => [key.id, key]));
}

/** Budgets in force: the config file's, and the studio's whose id it does not use. */
export function budgetsOf(state: Configuration, file: ConfigFile): readonly Budget[] {
  const fromFile = file.budgets ?? [];
  const taken = new Set(fromFile.map(({ id }) => id));
  const stored = state.budgets.filter(({ budget }) => !taken.has(budget.id));
  return [...fromFile, ...stored.map(({ budget }) => budgetFrom(budget))];
}
