import { defaultPriceBook, withOverrides } from '#engine/catalogue/index.ts';
import type { ConfigFile, ProviderSetting } from '#server/config/config.ts';
import type { Context } from '#server/context.ts';
import type { BudgetShape } from '#server/contract/budget-shape.ts';
import { budgetFrom } from '#server/governance/budgets/read-budget.ts';
import type { SpendStore } from '#server/governance/budgets/spend-store.ts';
import type { Governance } from '#server/governance/index.ts';
import { makeGovernance } from '#server/governance/make-governance.ts';
import { makeKeyDirectory } from '#server/governance/make-key-directory.ts';
import { aContext, type ContextWishes } from '../support/context.ts';
import { type MemoryLog, testSecret } from '../support/fakes.ts';
import { aGateway, anUpstream, type FakeUpstream, sendJson } from '../support/servers.ts';
import { aCompletion } from '../support/wire.ts';

interface Wishes extends Pick<ContextWishes, 'policies' | 'clock'> {
  readonly budgets?: readonly (Partial<BudgetShape> & Pick<BudgetShape, 'id' | 'scope' | 'usd'>)[];
  /** Rules of the one key, {@link testSecret}. */
  readonly key?: Partial<ConfigFile['keys'][number]>;
  readonly team?: Partial<ConfigFile['teams'][number]>;
  readonly provider?: Partial<ProviderSetting>;
  /** The second provider. */
  readonly other?: Partial<ProviderSetting>;
  readonly answer?: Parameters<typeof anUpstream>[0];
  readonly spend?: SpendStore;
}

export interface Governed {
  readonly url: string;
  readonly upstream: FakeUpstream;
  readonly log: MemoryLog;
  readonly governance: Governance;
  readonly context: Context;
}

/** What a completion of the upstream's costs at `openai/gpt-5-mini`: 100 tokens in at $0.25, 20 out at $2 a million. */
export const costOfAnswer = 65_000;
/** What is expected of a request with `max_tokens: 20` and next to no input, at least. */
export const leastExpected = 40_000;

/**
 * The gateway in front of two providers, `openai` and `other`, that answer as the test says; the key `ci` of team `search`
 * and project `ranking`, tagged `batch`.
 */
export async function aGovernedGateway(wishes: Wishes = {}): Promise<Governed> {
  const { budgets = [], key = {}, team = {}, provider = {}, other = {}, spend, answer, ...parts } = wishes;
  const upstream = await anUpstream(answer ?? ((res) => sendJson(res, 200, aCompletion())));
  const baseUrl = `${upstream.url}/v1`;
  const upstreams = [
    { id: 'openai', kind: 'openai-compatible', baseUrl, ...provider },
    { id: 'other', kind: 'openai-compatible', baseUrl, ...other },
  ] as const;
  const price = { input: 0.25, output: 2 };
  const priceBook = withOverrides(defaultPriceBook, {
    'openai/gpt-5-mini': price,
    'other/small': { input: 0.025, output: 0.2 },
    'other/free': { input: 0, output: 0 },
  });
  const made = aContext({ ...parts, upstreams, sandboxOff: true, priceBook });
  const file: ConfigFile = {
    ...made.config.file,
    teams: [{ id: 'search', name: 'Search', ...team }],
    keys: [
      { id: 'ci', team: 'search', project: 'ranking', tags: ['batch'], secret: testSecret, ...key },
      { id: 'cd', team: 'ops', project: '', tags: [], secret: `${testSecret}-other` },
    ],
    budgets: budgets.map((one) => budgetFrom({ ...usual, ...one })),
  };
  const { store, log, catalogue, clock, logger } = made;
  const own = spend === undefined ? {} : { spend };
  const governance = makeGovernance({ store, log, file, catalogue, clock, logger, ...own });
  await governance.ready();
  const context = { ...made, governance, keys: makeKeyDirectory(store, file) };
  return { url: await aGateway(context), upstream, log, governance, context };
}

const usual = {
  window: 'month',
  kind: 'calendar',
  zone: 'UTC',
  enforcement: 'hard',
  when_store_down: 'refuse',
} as const;
