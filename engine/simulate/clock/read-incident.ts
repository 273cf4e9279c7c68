import { Incident } from './incident.ts';

/** How incidents are written in one line, for help texts. */
export const incidentForms: readonly string[] = [
  'outage:anthropic/*@14:00-15:00',
  'timeout:openai/gpt-5@+2h-+3h',
  '429:openai/gpt-5*x5@09:00-12:00',
  '429:openai/gpt-5*=30%@09:00-12:00',
  'slow:google/*x4@2026-11-22T14:00Z',
  'price:openai/gpt-5x2@+1d',
  'traffic:x3@10:00-11:00',
];

export type ReadIncident =
  | { readonly kind: 'ok'; readonly incident: Incident }
  | { readonly kind: 'bad'; readonly message: string };

/**
 * `what:target[amount][@from[-to]]`: `xN` is a factor, `=N%` a share of calls. Moments are those of `incident.ts`; without
 * them an incident holds all the time.
 */
export function readIncident(text: string): ReadIncident {
  const forms = `Write it like ${incidentForms.slice(0, 3).join(', ')} or traffic:x3@10:00-11:00.`;
  const parts = /^([a-z0-9]+):([^@]+?)(?:@(.+))?$/.exec(text);
  if (parts === null) return { kind: 'bad', message: `"${text}" is no incident. ${forms}` };
  const [, what = '', about = '', when] = parts;
  const span = readSpan(when);
  const drawn = /^(.*?)(?:x(\d+(?:\.\d+)?)|=(\d+(?:\.\d+)?)%)?$/.exec(about);
  const [, target = '', factor, percent] = drawn ?? [];
  const amount = factor === undefined ? {} : { factor: Number(factor) };
  const share = percent === undefined ? {} : { share: Number(percent) / 100 };
  const kinds: Readonly<Record<string, object>> = {
    outage: { kind: 'outage' },
    timeout: { kind: 'outage', error: 'timeout' },
    '429': { kind: 'rate_limited' },
    slow: { kind: 'slow' },
    price: { kind: 'price' },
    traffic: { kind: 'traffic' },
  };
  const kind = Object.hasOwn(kinds, what) ? kinds[what] : undefined;
  if (kind === undefined)
    return { kind: 'bad', message: `"${what}" is none of ${Object.keys(kinds).join(', ')}. ${forms}` };
  const whom = what === 'traffic' && target === '' ? {} : { target };
  const read = Incident.safeParse({ ...kind, ...whom, ...amount, ...share, ...span });
  if (read.success) return { kind: 'ok', incident: read.data };
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') ?? '';
  return {
    kind: 'bad',
    message: `"${text}": ${place === '' ? '' : `${place} `}${issue?.message ?? 'cannot be read'}. ${forms}`,
  };
}

/** `from-to`; a date holds dashes of its own, so the parts are tried from the left. */
function readSpan(when: string | undefined): { readonly from?: string; readonly to?: string } {
  if (when === undefined) return {};
  const moment = String.raw`\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?|[^-]+`;
  const [, from, to] = new RegExp(`^(${moment})(?:-(${moment}))?$`).exec(when) ?? [];
  if (from === undefined) return { from: when };
  return to === undefined ? { from } : { from, to };
}
