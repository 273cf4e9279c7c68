import type { ModelRow } from '../../client/queries.ts';
import { plural } from '../../look/format.ts';

/** `14 models, 9 reachable`: how many there are, and how many of them can be called with the keys that are here. */
export function reachText(ids: readonly string[], models: ReadonlyMap<string, ModelRow>): string {
  const reachable = reachableAmong(ids, models);
  const word = reachable === 0 ? 'none' : reachable === ids.length && reachable > 1 ? 'all' : reachable;
  return ids.length === 0 ? 'no model' : `${plural(ids.length, 'model')}, ${word} reachable`;
}

/** The same where most can be called, so that only the others are worth a word. */
export function reachTextBriefly(ids: readonly string[], models: ReadonlyMap<string, ModelRow>): string {
  return reachableAmong(ids, models) === ids.length ? plural(ids.length, 'model') : reachText(ids, models);
}

function reachableAmong(ids: readonly string[], models: ReadonlyMap<string, ModelRow>): number {
  return ids.filter((id) => (models.get(id)?.served ?? 'none') !== 'none').length;
}
