/** The browser's simulation thread: columns fetched once, each edit answered from groups of rows. */
import { makeCatalogue } from '#engine/catalogue/index.ts';
import { compilePolicy, type ModelFacts } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { openSession, type SessionResult, type SimulationSession } from '#engine/simulate/index.ts';
import { readColumnOctets, SignalLeftOut } from '#server/contract/column-octets.ts';
import type { LiveAnswer, LiveQuestion, LiveResult } from './live-messages.ts';

let open: { readonly session: SimulationSession; readonly models: ModelFacts } | undefined;

addEventListener('message', ({ data }: MessageEvent<LiveQuestion>) => {
  if (data.kind === 'open') void openColumns(data.url, data.headers);
  else say(answer(data.policy));
});

function say(message: LiveAnswer): void {
  postMessage(message);
}

async function openColumns(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  try {
    const response = await fetch(url, { headers });
    if (!response.ok) return say({ kind: 'closed', why: `The server answered ${response.status}.` });
    const { columns, prices } = readColumnOctets(await response.arrayBuffer());
    const { models, version, date } = prices;
    const catalogue = makeCatalogue(models);
    const priceBook = { version, date, prices: new Map(prices.prices), aliases: new Map(prices.aliases) };
    open = {
      session: openSession({ columns, catalogue, priceBook }),
      models: { catalogue, priceBook },
    };
    say({ kind: 'opened', records: columns.length });
  } catch (error) {
    say({ kind: 'closed', why: String(error) });
  }
}

function answer(policy: Policy): LiveAnswer {
  if (open === undefined) return { kind: 'full_pass', why: 'The columns are not here yet.' };
  try {
    const compiled = compilePolicy(policy, { models: open.models });
    if (compiled.kind === 'bad') return { kind: 'full_pass', why: 'The policy has errors.' };
    const told = open.session.ask(compiled.plan, null);
    return told.kind === 'told' ? { kind: 'told', result: liveResultOf(told.result) } : told;
  } catch (error) {
    if (error instanceof SignalLeftOut) return { kind: 'full_pass', why: error.message };
    throw error;
  }
}

function liveResultOf(result: SessionResult): LiveResult {
  const { records, changed, by_edge, by_node, policy_hash, cost_nano_usd } = result;
  return { records, changed, by_edge, by_node, policy_hash, cost_nano_usd };
}
