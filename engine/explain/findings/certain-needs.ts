import type { CatalogueModel } from '../../catalogue/index.ts';
import type { Requirement } from '../../nodes/index.ts';
import type { Reached } from './flow.ts';
import { leastOf } from './number-set.ts';
import type { States } from './state.ts';

/** What every request that reaches a node needs for certain. */
export interface CertainNeeds {
  readonly needs: readonly Exclude<Requirement, 'context' | 'reasoning' | 'region' | 'retention'>[];
  readonly inputTokens: number;
}

/** Needs that hold on every way to a node. */
export function certainNeeds({ states, mayBeStripped }: Reached): CertainNeeds {
  const atLeastOne = (key: string) => leastNumber(states, key) >= 1;
  return {
    needs: [
      ...(atLeastOne('request.tools') ? (['tools'] as const) : []),
      ...(atLeastOne('request.images') && !mayBeStripped ? (['vision'] as const) : []),
      ...(atLeastOne('request.audio') ? (['audio'] as const) : []),
      ...(atLeastOne('request.files') ? (['files'] as const) : []),
      ...(isAlwaysTrue(states, 'request.json_schema') ? (['json_schema'] as const) : []),
    ],
    inputTokens: leastNumber(states, 'request.input_tokens'),
  };
}

/** The least a number can be on any way; 0 where it may be unknown. */
function leastNumber(states: States, key: string): number {
  if (states.length === 0) return 0;
  return Math.min(
    ...states.map((state) => {
      const domain = state.get(key);
      return domain === undefined || domain.mayBeUnknown || domain.values.kind !== 'numbers'
        ? 0
        : Math.max(0, leastOf(domain.values.set));
    }),
  );
}

function isAlwaysTrue(states: States, key: string): boolean {
  return (
    states.length > 0 &&
    states.every((state) => {
      const domain = state.get(key);
      return (
        domain !== undefined &&
        !domain.mayBeUnknown &&
        domain.values.kind === 'values' &&
        domain.values.only &&
        !domain.values.items.has(false)
      );
    })
  );
}

/** Of what is certainly needed, what a model is known to lack. */
export function lackOf(model: CatalogueModel, { needs, inputTokens }: CertainNeeds): string | undefined {
  const { input } = model.modalities;
  if (needs.includes('vision') && !input.includes('image')) return 'has images, and it takes none';
  if (needs.includes('audio') && !input.includes('audio')) return 'has sound, and it takes none';
  if (needs.includes('files') && !input.includes('file')) return 'has files, and it takes none';
  if (needs.includes('tools') && !model.tools) return 'offers tools, and it calls none';
  if (needs.includes('json_schema') && model.jsonSchema === false)
    return 'asks for a JSON schema, and it holds to none';
  if (model.context !== null && inputTokens > model.context)
    return `has more than ${inputTokens - 1} tokens, and it has room for ${model.context}`;
  return undefined;
}
