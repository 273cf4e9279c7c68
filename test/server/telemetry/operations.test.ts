import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { askedIn, emittedIn } from './emitted.ts';
import { aBusyHour } from './observed-requests.ts';

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const folder = new URL('../../../server/telemetry/operations/', import.meta.url);
const dashboard = JSON.parse(readFileSync(new URL('dashboard.json', folder), 'utf8')) as {
  readonly panels: readonly Panel[];
};
const alerts = parse(readFileSync(new URL('alerts.yml', folder), 'utf8')) as {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
};

let emitted: ReadonlyMap<string, ReadonlySet<string>> = new Map();
beforeEach(async () => {
  if (emitted.size === 0) emitted = emittedIn(await aBusyHour());
});

/** Grafana puts these in before it asks. */
function filledIn(query: string): string {
  return query.replaceAll('$__rate_interval', '5m').replaceAll('$team', '.*');
}

function mustBeEmitted(query: string): void {
  const { metrics, labels } = askedIn(filledIn(query));
  expect(metrics.length, query).toBeGreaterThan(0);
  const known = new Set<string>();
  for (const metric of metrics) {
    expect([...emitted.keys()], query).toContain(metric);
    for (const label of emitted.get(metric) ?? []) known.add(label);
  }
  for (const label of labels) expect([...known], query).toContain(label);
}

describe('the Grafana dashboard', () => {
  it.each(dashboard.panels.map((panel) => [panel.title, panel] as const))(
    'asks in “%s” for metrics and labels that are emitted',
    (_, { targets }) => {
      for (const { expr, legendFormat } of targets) {
        mustBeEmitted(expr);
        const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
        const all = askedIn(filledIn(expr)).metrics.flatMap((metric) => [...(emitted.get(metric) ?? [])]);
        for (const label of shown) expect(all, legendFormat).toContain(label);
      }
    },
  );

  it('would notice a metric that nobody emits', () => {
    expect(() => mustBeEmitted('rate(waybill_nothing_total[5m])')).toThrow();
    expect(() => mustBeEmitted('sum by (nobody) (rate(waybill_requests_total[5m]))')).toThrow();
    expect(() => mustBeEmitted('sum(rate(waybill_requests_total[5m])')).toThrow();
  });
});

describe('the alert rules', () => {
  const rules = alerts.groups.flatMap((group) => group.rules);
  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s asks for what is emitted and says what to do',
    (_, { expr, annotations }) => {
      mustBeEmitted(expr);
      expect(annotations.summary).toBeTruthy();
      expect(annotations.description).toBeTruthy();
      const labels = askedIn(expr).metrics.flatMap((metric) => [...(emitted.get(metric) ?? [])]);
      for (const [, label] of `${annotations.summary}`.matchAll(/\$labels\.(\w+)/g))
        expect(labels).toContain(label);
    },
  );
});
