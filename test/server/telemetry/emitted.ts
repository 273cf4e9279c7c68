import { parser } from '@prometheus-io/lezer-promql';
import { expect } from 'vitest';

/** Names of metrics and, for each, of its labels, as a page in the text format of Prometheus holds them. */
export function emittedIn(page: string): ReadonlyMap<string, ReadonlySet<string>> {
  const emitted = new Map<string, Set<string>>();
  for (const line of page.split('\n')) {
    const declared = /^# TYPE (\S+) (\S+)/.exec(line);
    // A metric without a sample yet still is one.
    if (declared !== null) {
      const suffixes = declared[2] === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
      for (const suffix of suffixes) emitted.set(`${declared[1]}${suffix}`, new Set(['instance', 'job']));
    }
    const sample = /^([a-z_:][\w:]*)(?:\{(.*)\})? /i.exec(line);
    if (sample === null || line.startsWith('#')) continue;
    const labels = emitted.get(sample[1]!) ?? new Set();
    for (const [, name] of (sample[2] ?? '').matchAll(/(\w+)="/g)) labels.add(name!);
    emitted.set(sample[1]!, labels);
  }
  return emitted;
}

/** What a query of Prometheus asks for: metrics and the labels it names with them. Fails on a query with an error. */
export function askedIn(query: string): {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
} {
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(query).iterate({
    enter: ({ type, from, to }) => {
      expect(type.isError, `a mistake in the query: ${query} at ${from}`).toBe(false);
      if (type.name === 'Identifier') metrics.push(query.slice(from, to));
      if (type.name === 'LabelName') labels.push(query.slice(from, to));
    },
  });
  return { metrics, labels: labels.filter((label) => label !== 'le') };
}
