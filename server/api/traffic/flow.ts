import { codedOf, type RecordColumns } from '#engine/simulate/columns.ts';
import { type calls, type ResponseOf, teamsWhere } from '../../contract/index.ts';
import type { Configuration } from '../../store/config-store.ts';
import type { Handler } from '../handler.ts';
import { findPolicy } from '../policies/policies.ts';
import { type Come, flowOf } from './flow-of-paths.ts';

export const readFlow: Handler<typeof calls.readFlow> = async (
  { params, query, principal },
  { log, store, clock },
): Promise<ResponseOf<typeof calls.readFlow>> => {
  const state = store.read();
  findPolicy(state, params.id);
  const serving = servingVersion(state, params.id);
  const version = query.version ?? serving;
  const to = Math.floor(clock()) + 1;
  const from = to - query.minutes * 60_000;
  await log.flush();
  const columns = await log.columns({ from, to });
  const teams = teamsWhere(principal, 'traffic.read');
  const come = version === null ? [] : readCome(columns, { policy: params.id, version, teams });
  return { version, serving, from, to, ...flowOf(come) };
};

/** The version that the policy’s deployment points at; without one, the newest. */
function servingVersion({ deployments, versions }: Configuration, id: string): number | null {
  const pointed = deployments.find(({ policyId }) => policyId === id)?.version ?? null;
  if (pointed !== null) return pointed;
  const published = versions.filter(({ policyId }) => policyId === id).map(({ version }) => version);
  return published.length === 0 ? null : Math.max(...published);
}

interface Asked {
  readonly policy: string;
  readonly version: number;
  /** `null`: all. */
  readonly teams: ReadonlySet<string> | null;
}

/** The calls for an answer among a request's attempts, without those of classifiers and judges. */
function callsIn(text: string): Come['calls'] {
  const attempts: unknown = JSON.parse(text === '' ? '[]' : text);
  if (!Array.isArray(attempts)) return [];
  return attempts.flatMap((one) =>
    typeof one !== 'object' || one === null || 'role' in one
      ? []
      : [
          {
            outcome: String(one.outcome),
            latencyMs: typeof one.latency_ms === 'number' ? one.latency_ms : null,
          },
        ],
  );
}

function readCome(columns: RecordColumns, { policy, version, teams }: Asked): readonly Come[] {
  const text = (name: Parameters<RecordColumns['column']>[0]) => {
    const { codes, dictionary } = codedOf(columns.column(name), columns.length);
    return (row: number) => String(dictionary[codes[row] ?? 0] ?? '');
  };
  const number = (name: Parameters<RecordColumns['column']>[0]) => {
    const column = columns.column(name);
    return (row: number) => (column.kind === 'number' ? (column.values[row] ?? Number.NaN) : Number.NaN);
  };
  const [policyOf, teamOf, pathOf] = [text('decision.policy'), text('caller.team'), text('decision.path')];
  const [statusOf, attemptsOf] = [text('outcome.status'), text('outcome.attempts')];
  const [versionOf, latencyOf] = [number('decision.version'), number('latency.total_ms')];
  const come: Come[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    if (policyOf(row) !== policy || versionOf(row) !== version) continue;
    if (teams !== null && !teams.has(teamOf(row))) continue;
    const latencyMs = latencyOf(row);
    come.push({
      path: pathOf(row),
      status: statusOf(row),
      latencyMs: Number.isNaN(latencyMs) ? null : latencyMs,
      calls: callsIn(attemptsOf(row)),
    });
  }
  return come;
}
