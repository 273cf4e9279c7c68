import type { AuditView } from '#server/contract/audit.ts';

/** Where what an entry is about can be seen; `null` where there is no such place. */
export function placeOfSubject({ action, subject }: Pick<AuditView, 'action' | 'subject'>): string | null {
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
      return `/policies/${id}`;
    case 'model':
      return `/models?model=${id}`;
    case 'deployment':
      return '/connect';
    default:
      return null;
  }
}
