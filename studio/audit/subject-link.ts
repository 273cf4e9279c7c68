import type { AuditView } from '#server/contract/audit.ts';

/** Where what an entry is about can be seen; `null` where there is no such place. */
export function placeOfSubject({
  action,
  subject,
  after,
}: Pick<AuditView, 'action' | 'subject' | 'after'>): string | null {
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
    case 'deployment':
      return '/connect';
    default:
      return null;
  }
}

/** `/versions/3` where the entry made one. */
function versionIn(after: unknown): string {
  const made = typeof after === 'object' && after !== null && 'version' in after ? after.version : null;
  return typeof made === 'number' ? `/versions/${made}` : '';
}
