import type { RequestHandler } from 'express';
import type { calls, KeptSimulation, PolicyReference } from '../../contract/index.ts';
import { mayCall } from '../../contract/index.ts';
import { ChangeQuery } from '../../contract/simulations.ts';
import { ApiFailure } from '../../errors.ts';
import { principalOf } from '../actor.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { hashOf } from '../policies/describe-policy.ts';
import { resolveForPlan } from '../policies/resolve-reference.ts';
import { changesAsCsv } from './changes-csv.ts';
import { askedWhatIf } from './simulate.ts';
import type { WhatIfAsk } from './simulator.ts';

const defaultSpanMs = 14 * 24 * 3_600_000;

export const keepSimulation: Handler<typeof calls.keepSimulation> = async (
  { body: { name, run, ...body }, actor, principal },
  installation,
) => {
  const { simulator, simulations, clock, newId } = installation;
  const now = clock();
  const to = body.to ?? now + 1;
  const from = body.from ?? to - defaultSpanMs;
  const ask = askedWhatIf({ ...body, from, to }, installation);
  const result = await simulator.runs.watch(principal.id, run, (watch) => simulator.simulate(ask, watch));
  const { records, changed, cost_nano_usd } = result;
  const kept: KeptSimulation = {
    id: newId(),
    name,
    at: new Date(now).toISOString(),
    by: actor,
    candidate: simulatedPolicy(body.candidate, ask.candidate.policy),
    baseline:
      body.baseline === undefined || ask.baseline === null
        ? null
        : simulatedPolicy(body.baseline, ask.baseline.policy),
    from,
    to,
    incidents: body.incidents ?? [],
    budgets: body.budgets ?? [],
    records,
    changed,
    cost_nano_usd,
    result,
  };
  await simulations.put(kept);
  return kept;
};

function simulatedPolicy(
  reference: PolicyReference,
  policy: WhatIfAsk['candidate']['policy'],
): KeptSimulation['candidate'] {
  const version = 'policy' in reference ? null : (reference.version ?? null);
  return { id: policy.id, name: policy.name, version, hash: hashOf(policy), policy };
}

export const listSimulations: Handler<typeof calls.listSimulations> = async ({ query }, { simulations }) => {
  const all = await simulations.list();
  return {
    simulations: all.filter(({ candidate }) => query.policy === undefined || candidate.id === query.policy),
  };
};

export const readSimulation: Handler<typeof calls.readSimulation> = ({ params }, installation) =>
  findSimulation(params.id, installation);

/** @throws {ApiFailure} `simulation_missing`. */
export async function findSimulation(id: string, { simulations }: Installation): Promise<KeptSimulation> {
  const kept = await simulations.find(id);
  if (kept !== undefined) return kept;
  throw new ApiFailure(
    404,
    'simulation_missing',
    `There is no kept what-if "${id}". The oldest are let go of when there are many.`,
  );
}

export const listChangedDecisions: Handler<typeof calls.listChangedDecisions> = async (
  { params, query: { cursor, limit, ...filter } },
  installation,
) => {
  const ask = await askAgain(params.id, installation);
  const { total, changes } = await installation.simulator.changes(ask, {
    filter,
    from: cursor,
    to: cursor + limit,
  });
  return { total, changes, next: cursor + changes.length < total ? cursor + changes.length : null };
};

/**
 * The question of a kept what-if, for asking it once more.
 *
 * @throws {ApiFailure} `records_changed` where the window no longer holds the requests it was asked about.
 */
async function askAgain(id: string, installation: Installation): Promise<WhatIfAsk> {
  const kept = await findSimulation(id, installation);
  const ask: WhatIfAsk = {
    candidate: poolsOf(kept.candidate, installation),
    baseline: kept.baseline === null ? null : poolsOf(kept.baseline, installation),
    window: { from: kept.from, to: kept.to },
    incidents: kept.incidents,
    budgets: kept.budgets,
  };
  if ((await installation.simulator.recordsHash(ask.window)) === kept.result.records_hash) return ask;
  throw new ApiFailure(
    409,
    'records_changed',
    'The log no longer holds exactly the requests of this what-if, so its decisions cannot be told one by one. Run it again.',
  );
}

function poolsOf(
  { id, version, policy }: KeptSimulation['candidate'],
  installation: Installation,
): WhatIfAsk['candidate'] {
  return version === null ? { policy } : resolveForPlan({ id, version }, installation);
}

/** All changed decisions of a kept what-if as a file. */
export function changesCsv(installation: Installation): RequestHandler<{ id: string }> {
  return async (request, response) => {
    if (!mayCall(principalOf(response), 'what_if.run'))
      throw new ApiFailure(
        403,
        'not_permitted',
        'This needs the permission what_if.run, which your roles do not have.',
      );
    const filter = ChangeQuery.safeParse(request.query);
    if (!filter.success)
      throw new ApiFailure(400, 'invalid_request', `query: ${filter.error.issues[0]?.message}.`);
    const ask = await askAgain(request.params.id, installation);
    response.writeHead(200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="what-if-${request.params.id}.csv"`,
      'cache-control': 'no-store',
    });
    const pages = (from: number, to: number) =>
      installation.simulator.changes(ask, { filter: filter.data, from, to });
    for await (const text of changesAsCsv(pages)) {
      if (response.destroyed) return;
      if (!response.write(text))
        await new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
    }
    response.end();
  };
}
