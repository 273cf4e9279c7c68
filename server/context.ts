import type { Logger } from 'pino';
import type { Catalogue, PriceBook } from '#engine/catalogue/index.ts';
import type { Classifiers } from './classifiers/classifiers.ts';
import type { Config } from './config/config.ts';
import type { PlanDirectory } from './gateway/plan-directory.ts';
import type { Patience } from './gateway/stream-line.ts';
import type { Governance } from './governance/governance.ts';
import type { KeyDirectory } from './governance/key-directory.ts';
import type { TextKeeper } from './governance/privacy/keep-texts.ts';
import type { SecretBox } from './governance/secrets/secret-box.ts';
import type { Live } from './live/index.ts';
import type { ProviderDirectory } from './providers/provider.ts';
import type { ConfigStore } from './store/config-store.ts';
import type { RecordLog } from './store/record-log.ts';
import type { StoreStanding } from './store/store-standing.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import type { TrafficFeed } from './telemetry/traffic-feed.ts';

/** Everything a request may touch, made in one place. Time, chance and ids are in it, so that tests can choose them. */
export interface Context {
  readonly config: Config;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Uniform in [0, 1). */
  readonly draw: () => number;
  readonly newId: () => string;
  /** Salted hash of a text, 16 hex digits. */
  readonly fingerprint: (text: string) => string;
  readonly store: ConfigStore;
  readonly log: RecordLog;
  /** How the stores do now. */
  readonly standing: () => Promise<readonly StoreStanding[]>;
  /** How far this machine's clock is ahead of the one that gateways share, ms; left out where there is none. */
  readonly clockAheadMs?: () => number;
  readonly plans: PlanDirectory;
  readonly keys: KeyDirectory;
  /** Budgets, limits and scopes of keys. */
  readonly governance: Governance;
  /** Seals what is kept and must not be read: keys of providers. */
  readonly secrets: SecretBox;
  readonly providers: ProviderDirectory;
  readonly catalogue: Catalogue;
  readonly priceBook: PriceBook;
  readonly feed: TrafficFeed;
  /** Metrics and traces. */
  readonly telemetry: Telemetry;
  /** The policies’ own classifiers. */
  readonly classifiers: Classifiers;
  /** Health of targets, limits, warm conversations. */
  readonly live: Live;
  readonly logger: Logger;
  /** Texts of teams that opted in; left out: nobody's are kept. */
  readonly texts?: TextKeeper;
  /** How long clients of streams hear nothing; the gateway's defaults where it is absent. */
  readonly patience?: Patience;
}
