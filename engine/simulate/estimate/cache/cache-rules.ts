import type { Catalogue } from '../../../catalogue/index.ts';

/** How a target's vendor keeps the beginnings of prompts. */
export interface CacheRule {
  /** `explicit`: only where the client asks, and writing costs; `automatic`: by itself, writing costs what input costs. */
  readonly kind: 'automatic' | 'explicit';
  /** Shorter beginnings are not kept. */
  readonly minimumTokens: number;
  /** How long a beginning is kept that nobody uses. */
  readonly ttlMs: number;
}

const minute = 60_000;

/**
 * As vendors' guides to prompt caching state it (2026): OpenAI from 1,024 tokens, 5 to 10 minutes after the last use
 * (the shorter is taken); Anthropic from 1,024 tokens (some models 2,048 or 4,096), 5 minutes, or one hour where asked;
 * DeepSeek from 64 tokens on disk, hours (one is taken); Google from 2,048 tokens, of no stated time (5 minutes are taken).
 */
const rules: Readonly<Record<string, Omit<CacheRule, 'kind'>>> = {
  deepseek: { minimumTokens: 64, ttlMs: 60 * minute },
  gemini: { minimumTokens: 2_048, ttlMs: 5 * minute },
};
const usual: Omit<CacheRule, 'kind'> = { minimumTokens: 1_024, ttlMs: 5 * minute };

/** Anthropic's longer cache, where a request wrote to it. */
export const longTtlMs = 60 * minute;

/** `null`: keeps nothing, as far as is known. */
export function cacheRuleOf(target: string, catalogue: Catalogue): CacheRule | null {
  const model = catalogue.find(target);
  if (model === undefined || model.caching === null || model.caching === 'none') return null;
  return { kind: model.caching, ...(rules[model.family] ?? usual) };
}
