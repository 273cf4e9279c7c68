import type { RequestRecord } from '#engine/signals/index.ts';
import type { Window } from '../record-log.ts';
import { type Rollup, rollupMs } from '../usage/rollup.ts';
import { type TimedLine, timedLines } from './usage-in.ts';

/** What a record that is removed leaves: its calls in a quarter of an hour, without who asked. */
export function leftBy(record: RequestRecord): readonly TimedLine[] {
  return timedLines(record).map(({ at, line }) => ({
    at: Math.floor(at / rollupMs) * rollupMs,
    line: { ...line, values: { ...line.values, user: '' } },
  }));
}

/** One a line: nothing is summed up here. */
export function rollupsIn(left: readonly TimedLine[], { from, to }: Window): readonly Rollup[] {
  return left
    .filter(({ at }) => at >= from && at < to)
    .map(({ at, line: { values, tags, measures } }) => {
      const { user: _, provider: __, version, ...names } = values;
      return {
        at,
        ...names,
        tags,
        version: Number(version.slice(version.lastIndexOf('@') + 1)),
        rest: measures.costNanoUsd % Math.max(tags.length, 1),
        priced: measures.unpriced === 0 ? 1 : 0,
        measures,
      };
    });
}
