import { needBits } from './capability.ts';
import type { PoolFacts } from './pool-facts.ts';
import type { PreparedPool } from './prepared-pool.ts';

/** Output of a typical answer, in tokens, where nothing sets a lower limit. */
export const typicalOutputTokens = 400;

/** What one request asks of every candidate. */
export interface Demand {
  readonly inputTokens: number;
  /** The input with the margin that is to be left. */
  readonly inputRoom: number;
  /** The longest answer the client accepts; 0 where it sets no limit. */
  readonly outputRoom: number;
  /** Expected tokens of the answer. */
  readonly outputTokens: number;
  /** Needs as bits. */
  readonly needs: number;
  /** Where the conversation's prompt cache is warm; empty for nowhere. */
  readonly warmTarget: string;
  readonly warmTokens: number;
}

/** What is unknown asks nothing; whether that could matter is said apart. */
export function demandOf({ settings, stripsImages }: PreparedPool, facts: PoolFacts): Demand {
  const inputTokens = facts.inputTokens ?? 0;
  const asked = facts.maxOutputTokens ?? 0;
  const cap = settings.changes.parameters.max_output_tokens ?? typicalOutputTokens;
  return {
    inputTokens,
    inputRoom: inputTokens * (1 + settings.contextMargin),
    outputRoom: asked,
    outputTokens: Math.min(typicalOutputTokens, cap, asked > 0 ? asked : typicalOutputTokens),
    needs:
      (isSome(facts.tools) ? needBits.tools : 0) |
      (isSome(facts.images) && !stripsImages ? needBits.vision : 0) |
      (isSome(facts.audio) ? needBits.audio : 0) |
      (isSome(facts.files) ? needBits.files : 0) |
      (facts.jsonSchema === true ? needBits.json_schema : 0),
    warmTarget: settings.affinity ? (facts.sessionTarget ?? '') : '',
    warmTokens: Math.min(facts.warmTokens ?? 0, inputTokens),
  };
}

function isSome(count: number | null): boolean {
  return count !== null && count > 0;
}
