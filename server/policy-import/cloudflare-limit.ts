import type { PolicyNode } from '#engine/nodes/index.ts';
import { ImportProblem } from './outcome.ts';
import type { PolicyDraft } from './policy-draft.ts';
import { firstMember, isThere, member, numberOf, type Source, textOf } from './source.ts';

type LimitNode = Extract<PolicyNode, { kind: 'limit' }>;
type LimitSettings = Pick<LimitNode, 'per' | 'amount' | 'unit' | 'window'>;

const windows = [
  { window: 'minute', seconds: 60 },
  { window: 'hour', seconds: 3_600 },
  { window: 'day', seconds: 86_400 },
  { window: 'month', seconds: 2_592_000 },
] as const;

/** What a rate or budget element limits. Windows here are fixed: a minute, an hour, a day or a month. */
export function readLimit(properties: Source, draft: PolicyDraft): LimitSettings {
  const limit = member(properties, 'limit');
  const amount = numberOf(limit);
  if (amount === null || amount <= 0 || amount > 1e15)
    throw new ImportProblem(limit.path, 'A limit must be a number above 0.');
  const isCost = textOf(firstMember(properties, 'limitType', 'limit_type')) === 'cost';
  const technique = member(properties, 'technique');
  if (textOf(technique) === 'sliding') {
    draft.leave(
      technique.path,
      'The window does not slide: it begins with the minute, hour, day or month of UTC.',
      'Nothing, where that is near enough.',
    );
  }
  return {
    per: readKey(member(properties, 'key'), draft),
    unit: isCost ? 'usd' : 'requests',
    ...readWindow(firstMember(properties, 'interval', 'window'), amount, draft),
  };
}

/** The nearest window of those there are, with the amount scaled to its length. */
function readWindow(
  interval: Source,
  amount: number,
  draft: PolicyDraft,
): Pick<LimitSettings, 'amount' | 'window'> {
  const seconds = numberOf(interval);
  if (seconds === null || seconds <= 0)
    throw new ImportProblem(interval.path, 'The window must be a number of seconds.');
  const exact = windows.find((one) => one.seconds === seconds);
  if (exact !== undefined) return { amount, window: exact.window };
  const [nearest] = [...windows].sort(
    (left, right) => Math.abs(Math.log(left.seconds / seconds)) - Math.abs(Math.log(right.seconds / seconds)),
  );
  const { window, seconds: length } = nearest ?? windows[0];
  const scaled = Math.max(1e-6, Math.round(((amount * length) / seconds) * 1e6) / 1e6);
  draft.leave(
    interval.path,
    `There is no window of ${seconds} seconds.`,
    `The limit holds for each ${window}, scaled to ${scaled}.`,
  );
  return { amount: Math.min(1e15, scaled), window };
}

const signals: readonly (readonly [RegExp, string])[] = [
  [/user/i, 'caller.user'],
  [/team|org|tenant/i, 'caller.team'],
  [/project/i, 'caller.project'],
  [/session|conversation/i, 'session.id'],
  [/model/i, 'request.model'],
  [/key|token/i, 'caller.key'],
];

function readKey(key: Source, draft: PolicyDraft): string | null {
  const name = textOf(key);
  if (!isThere(key) || name === null) return null;
  const [, signal] = signals.find(([pattern]) => pattern.test(name)) ?? [];
  draft.leave(
    key.path,
    signal === undefined
      ? `A limit cannot be counted by "${name}", so all requests share this one.`
      : `A limit cannot be counted by "${name}"; this one is counted by ${signal}.`,
    'Choose the signal that tells the callers apart in the limit.',
  );
  return signal ?? null;
}
