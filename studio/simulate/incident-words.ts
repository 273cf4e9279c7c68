import type { Incident } from '#engine/simulate/clock/incident.ts';
import { formatShare } from '../look/format.ts';

/** An incident as a person says it: `anthropic/* is down from 14:00 to 15:00`. */
export function incidentWords(incident: Incident): string {
  return `${whatOf(incident)}${whenOf(incident)}`;
}

/** The same as `waybill simulate --incident` reads it: `outage:anthropic/*@14:00-15:00`. */
export function incidentText(incident: Incident): string {
  const { from, to } = incident;
  const start = from ?? (to === undefined ? undefined : '+0s');
  const when =
    start === undefined ? '' : `@${momentText(start)}${to === undefined ? '' : `-${momentText(to)}`}`;
  return `${headOf(incident)}${when}`;
}

function momentText(moment: number | string): string {
  return typeof moment === 'number' ? new Date(moment).toISOString() : moment;
}

function whatOf(incident: Incident): string {
  switch (incident.kind) {
    case 'outage':
      return `${incident.target} ${incident.error === 'timeout' ? 'times out' : 'is down'}`;
    case 'rate_limited':
      return incident.share === undefined
        ? `${incident.target} answers ${incident.factor} × as many 429s`
        : `${incident.target} answers 429 to ${formatShare(incident.share)} of calls`;
    case 'slow':
      return `${incident.target} takes ${incident.factor} × as long`;
    case 'price':
      return `${incident.target} costs ${incident.factor} × as much`;
    case 'traffic':
      return `${incident.factor} × the traffic`;
  }
}

function whenOf({ from, to }: Incident): string {
  if (from === undefined) return to === undefined ? ', all the time' : ` until ${momentText(to)}`;
  return ` from ${momentText(from)}${to === undefined ? ' on' : ` to ${momentText(to)}`}`;
}

function headOf(incident: Incident): string {
  switch (incident.kind) {
    case 'outage':
      return `${incident.error === 'timeout' ? 'timeout' : 'outage'}:${incident.target}`;
    case 'rate_limited':
      return `429:${incident.target}${incident.share === undefined ? `x${incident.factor}` : `=${incident.share * 100}%`}`;
    case 'traffic':
      return `traffic:x${incident.factor}`;
    default:
      return `${incident.kind}:${incident.target}x${incident.factor}`;
  }
}
