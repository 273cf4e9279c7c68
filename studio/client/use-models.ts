import { useMemo } from 'react';
import { type ModelRow, useModelList } from './queries.ts';

const none: readonly ModelRow[] = [];

/** The catalogue for pickers and labels: all rows, and a look-up by target. Empty while it loads. */
export function useModels(): {
  readonly models: readonly ModelRow[];
  readonly byId: ReadonlyMap<string, ModelRow>;
  readonly priceBook: string;
} {
  const { data } = useModelList();
  const models = data?.models ?? none;
  const byId = useMemo(() => new Map(models.map((model) => [model.id, model])), [models]);
  return { models, byId, priceBook: data?.priceBook ?? '' };
}
