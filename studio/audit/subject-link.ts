import type { AuditView } from '#server/contract/audit.ts';

/** Where what an entry is about can be seen; `null` where there is no such place. */
export function placeOfSubject({
  action,
  subject,
  before,
  after,
}: Pick<AuditView, 'action' | 'subject' | 'before' | 'after'>): string | null {
  const id = encodeURIComponent(subject);
  switch (action.split('.')[0]) {
    case 'key':
      return `/teams?key=${id}`;
    case 'team':
      return `/teams?team=${id}`;
    case 'project':
      return `/teams?team=${encodeURIComponent(subject.split('/')[0] ?? '')}`;
    case 'provider':
      return `/providers?provider=${id}`;
    case 'policy':
    case 'proposal':
      return `/policies/${id}${versionIn(after)}`;
    case 'budget':
      return `/budgets/${id}`;
    case 'alert':
      return '/budgets';
    case 'model':
      return `/models?model=${id}`;
    case 'account':
    case 'session': {
      const account = accountIn(after) ?? accountIn(before);
      return account === null ? null : `/people?person=${encodeURIComponent(account)}`;
    }
    case 'sign_on':
      return '/people';
    case 'deployment':
      return '/connect';
    default:
      return null;
  }
}

/** `/versions/3` where the entry made one. */
function versionIn(after: unknown): string {
  const made = numberOf(after);
  return made === null ? '' : `/versions/${made}`;
}

/** The version that an entry published beside the one before it; `null` where it published none after another. */
export function comparisonOf({
  action,
  subject,
  before,
  after,
}: Pick<AuditView, 'action' | 'subject' | 'before' | 'after'>): string | null {
  const [from, to] = [numberOf(before), numberOf(after)];
  if (!action.startsWith('policy.') || from === null || to === null) return null;
  return `/policies/${encodeURIComponent(subject)}/versions?from=${from}&to=${to}#differences`;
}

function numberOf(side: unknown): number | null {
  const version = typeof side === 'object' && side !== null && 'version' in side ? side.version : null;
  return typeof version === 'number' ? version : null;
}

function accountIn(value: unknown): string | null {
  const account = typeof value === 'object' && value !== null && 'account' in value ? value.account : null;
  return typeof account === 'string' ? account : null;
}
