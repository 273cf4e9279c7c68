import type { RequestRecord } from '#engine/signals/index.ts';
import { answeringHeaders } from '../../gateway/reply-headers.ts';

/**
 * The `x-waybill-` headers of a recorded request's reply (of a stream, some came as trailers), worked out again from its
 * record. Those about limits and budgets are not kept.
 */
export function headersOfRecord(record: RequestRecord): { readonly name: string; readonly value: string }[] {
  const policy = record['decision.policy'];
  const cost = record['cost.nano_usd'];
  const answering = {
    target: record['outcome.target'],
    sandbox: record.sandbox,
    dropped: record['outcome.dropped'],
  };
  const pairs: readonly (readonly [string, string])[] = [
    ['x-waybill-request-id', record.id],
    ...(policy === ''
      ? []
      : ([
          ['x-waybill-policy', policy],
          ['x-waybill-version', String(record['decision.version'])],
          ['x-waybill-path', record['decision.path']],
        ] as const)),
    ...answeringHeaders(countAnswers(record['outcome.attempts']), answering),
    ...(cost === null ? [] : ([['x-waybill-cost', String(cost)]] as const)),
  ];
  return pairs.map(([name, value]) => ({ name, value }));
}

/** Attempts at an answer, without the calls of classifiers and judges. */
function countAnswers(text: string): number {
  const attempts: unknown = JSON.parse(text === '' ? '[]' : text);
  if (!Array.isArray(attempts)) return 0;
  return attempts.filter((one) => typeof one === 'object' && one !== null && !('role' in one)).length;
}
