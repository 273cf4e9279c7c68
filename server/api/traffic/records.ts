import { costLinesOfRecord } from '#engine/catalogue/index.ts';
import { explainDecision } from '#engine/explain/index.ts';
import { type Decision, decide, type Plan, pathText, targetsOf } from '#engine/plan/index.ts';
import { type RequestRecord, type Signals, signalsFrom } from '#engine/signals/index.ts';
import { type calls, mayIn, type ResponseOf, teamsWhere } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { readCursor } from '../../store/record-cursor.ts';
import type { Handler } from '../handler.ts';
import type { Installation } from '../installation.ts';
import { headersOfRecord } from './record-headers.ts';

const defaultSpanMs = 14 * 24 * 3_600_000;

export const listRecords: Handler<typeof calls.listRecords> = async ({ query, principal }, { log }) => {
  if (query.cursor !== undefined && readCursor(query.cursor) === undefined) {
    throw new ApiFailure(
      400,
      'invalid_request',
      '"cursor" must be the "next" of the page before, as it came.',
    );
  }
  await log.flush();
  const teams = teamsWhere(principal, 'traffic.read');
  const page = await log.page(teams === null ? query : { ...query, teams: [...teams] });
  return { records: page.records.map((record) => columnsOf(record, query.columns)), next: page.next };
};

/** The columns that were asked for; all unless any were. */
function columnsOf(record: RequestRecord, names: readonly string[] | undefined): Record<string, unknown> {
  const row: Record<string, unknown> = { ...record };
  return names === undefined ? row : Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
}

export const readRecord: Handler<typeof calls.readRecord> = async ({ params, principal }, installation) => {
  const { log, plans } = installation;
  await log.flush();
  const record = await log.find(params.id);
  // Of another team's requests not even the ids are told.
  if (record === undefined || !mayIn(principal, 'traffic.read', record['caller.team'] ?? '')) {
    throw new ApiFailure(404, 'record_missing', `The log has no request "${params.id}".`);
  }
  const plan = plans.planOf(record['decision.policy'], record['decision.version']);
  const version = versionOf(record, installation);
  const told = {
    record: { ...record },
    version,
    cost: costOf(record, installation),
    headers: headersOfRecord(record),
  };
  if (plan === undefined) return { ...told, reasons: [], replay: null };
  return { ...told, ...replay(record, plan, installation) };
};

/** The cost line by line, at the prices that are here now. */
function costOf(
  record: RequestRecord,
  { priceBook }: Installation,
): ResponseOf<typeof calls.readRecord>['cost'] {
  const { calls: billed, costNanoUsd } = costLinesOfRecord(record, priceBook);
  return {
    priceBook: priceBook.version,
    priceDate: priceBook.date,
    recordedNanoUsd: record['cost.nano_usd'],
    recordedBook: record['cost.price_book'],
    calls:
      billed?.map((call) => ({
        ...call,
        basis: { ...call.basis },
        lines: call.lines.map((line) => ({ ...line })),
      })) ?? null,
    costNanoUsd,
  };
}

/** Who published the version that decided. */
function versionOf(
  record: RequestRecord,
  { store }: Installation,
): ResponseOf<typeof calls.readRecord>['version'] {
  const [policy, number] = [record['decision.policy'], record['decision.version']];
  const found = store.read().versions.find((one) => one.policyId === policy && one.version === number);
  if (found === undefined) return null;
  const { version, hash, note, author, at } = found;
  return { policy, version, hash, note, author, at };
}

/** The recorded request, decided once more under the version that served it. */
function replay(
  record: RequestRecord,
  plan: Plan,
  installation: Installation,
): {
  readonly reasons: { readonly node: string; readonly sentence: string }[];
  readonly replay: { readonly path: string; readonly targets: string[]; readonly identical: boolean };
} {
  const signals = signalsFrom(record);
  const decision = decide(plan, signals);
  const path = pathText(decision.path);
  const targets = [...targetsOf(decision)];
  const identical =
    path === record['decision.path'] &&
    JSON.stringify(targets) === JSON.stringify(record['decision.targets']);
  return {
    reasons: reasonsOf(record, decision, signals, plan, installation),
    replay: { path, targets, identical },
  };
}

function reasonsOf(
  record: RequestRecord,
  decision: Decision,
  signals: Signals,
  plan: Plan,
  { store }: Installation,
): { readonly node: string; readonly sentence: string }[] {
  const version = store
    .read()
    .versions.find(
      (one) => one.policyId === record['decision.policy'] && one.version === record['decision.version'],
    );
  return version === undefined ? [] : [...explainDecision(version.policy, decision, signals, plan)];
}

export const summarizeRecords: Handler<typeof calls.summarizeRecords> = async (
  { query, principal },
  { log, clock },
) => {
  const to = query.to ?? clock() + 1;
  const from = query.from ?? to - defaultSpanMs;
  await log.flush();
  const teams = teamsWhere(principal, 'spend.read');
  const summary = await log.summary(teams === null ? { from, to } : { from, to, teams: [...teams] });
  return {
    from,
    to,
    sandbox: summary.sandbox,
    total: summary.total,
    byDay: [...summary.byDay],
    byTarget: [...summary.byTarget],
    byTeam: [...summary.byTeam],
    byTask: [...summary.byTask],
  };
};
