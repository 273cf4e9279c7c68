import type { AuditFilter } from '../client/governance-queries.ts';
import { isPeriod, type Period, sinceOf } from './periods.ts';

/** What the list is narrowed to; it stands in the address, so that it can be sent to somebody. `''` is not narrowed. */
export interface AuditAsk {
  readonly subject: string;
  readonly actor: string;
  readonly action: string;
  readonly period: Period;
  /** ISO 8601: an exact stretch of time instead of a period, as links ask for. */
  readonly from: string;
  readonly to: string;
}

const names = ['subject', 'actor', 'action', 'from', 'to'] as const;

export function askedIn(search: URLSearchParams): AuditAsk {
  const period = search.get('period') ?? '';
  const of = (name: (typeof names)[number]) => search.get(name) ?? '';
  return {
    subject: of('subject'),
    actor: of('actor'),
    action: of('action'),
    period: isPeriod(period) ? period : 'all',
    from: dateIn(of('from')),
    to: dateIn(of('to')),
  };
}

/** A date that cannot be read asks for nothing. */
function dateIn(text: string): string {
  return Number.isNaN(Date.parse(text)) ? '' : new Date(text).toISOString();
}

/** The address of what is asked; what is not narrowed is left out. */
export function searchOf(ask: AuditAsk): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of names) if (ask[name] !== '') search.set(name, ask[name]);
  if (ask.period !== 'all') search.set('period', ask.period);
  return search;
}

/** What the server is asked. */
export function filterOf({ subject, actor, action, period, from, to }: AuditAsk, nowMs: number): AuditFilter {
  const since = from === '' ? (sinceOf(period, nowMs) ?? '') : from;
  const asked = { subject: subject.trim(), actor, action, from: since, to };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== ''));
}
