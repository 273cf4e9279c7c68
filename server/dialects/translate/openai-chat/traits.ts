import type { Effort } from '../neutral.ts';

/** What a model that speaks OpenAI's dialect takes. */
export interface OpenAiTraits {
  /** The field that caps an answer: OpenAI's own models want the new one, most compatible servers know the old one. */
  readonly lengthField: 'max_completion_tokens' | 'max_tokens';
  /** The field that names the end user: new at OpenAI, old elsewhere. */
  readonly userField: 'safety_identifier' | 'user';
  /** Values of `reasoning_effort` beside `none`; none: the field is refused. */
  readonly efforts: readonly Effort[];
  /** Whether `reasoning_effort: none` is taken. */
  readonly reasoningOff: boolean;
  /** Whether temperature and top_p other than 1, penalties, logprobs and stop are taken. Reasoning models refuse them. */
  readonly sampling: boolean;
  /** Whether `top_k` is known: not at OpenAI, at most servers of open models. */
  readonly topK: boolean;
  /** Whether what was thought goes back as `reasoning_content`, as servers of some open models want. */
  readonly thinkingBack: boolean;
  /** Whether content parts may carry `prompt_cache_breakpoint` (gpt-5.6 and later). */
  readonly cacheMarks: boolean;
  /** The longest name of a tool. */
  readonly toolNameLength: number;
}

/**
 * What a model takes, by its name (platform.openai.com, reasoning guide and API reference, read 2026-11). Names that
 * are not OpenAI's belong to compatible servers, of which the safest is assumed: their presets say better.
 */
export function openAiTraits(model: string): OpenAiTraits {
  const bare = model.slice(model.lastIndexOf('/') + 1);
  const generation = /^gpt-(\d+)(?:\.(\d+))?/.exec(bare);
  if (/^o\d/.test(bare)) return { ...openAi, efforts: ['low', 'medium', 'high'], sampling: false };
  if (generation === null) return /^(chatgpt|ft:)/.test(bare) ? openAi : other;
  const version = Number(generation[1]) + Number(generation[2] ?? 0) / 10;
  if (version < 5 || bare.includes('-chat')) return openAi;
  return {
    ...openAi,
    efforts: effortsSince(version),
    reasoningOff: version >= 5.1,
    sampling: false,
    cacheMarks: version >= 5.6,
  };
}

function effortsSince(version: number): readonly Effort[] {
  if (version < 5.1) return ['minimal', 'low', 'medium', 'high'];
  if (version < 5.2) return ['low', 'medium', 'high'];
  return version < 5.6 ? ['low', 'medium', 'high', 'xhigh'] : ['low', 'medium', 'high', 'xhigh', 'max'];
}

const openAi: OpenAiTraits = {
  lengthField: 'max_completion_tokens',
  userField: 'safety_identifier',
  efforts: [],
  reasoningOff: false,
  sampling: true,
  topK: false,
  thinkingBack: false,
  cacheMarks: false,
  toolNameLength: 64,
};

const other: OpenAiTraits = { ...openAi, lengthField: 'max_tokens', userField: 'user' };
