import { readCohereUsage } from '../../dialects/cohere-usage.ts';
import { readConverseUsage } from '../../dialects/converse-usage.ts';
import { readUsage } from '../../dialects/google-generate/read-usage.ts';
import type { Dropped } from '../../dialects/translate/dropped.ts';
import type { Effort, Neutral } from '../../dialects/translate/neutral.ts';
import { budgetOfEffort, effortOfBudget, nearestEffort } from '../../dialects/translate/reasoning.ts';
import { type Carrier, type Extra, googleSeal, type LibraryOptions } from './carrier.ts';
import { lostKeywords } from './google-schemas.ts';

const none: ReadonlySet<string> = new Set();

/** Gemini, at either of Google's doors. */
export function googleCarrier(key: 'google' | 'vertex'): Carrier {
  return {
    key,
    seed: true,
    topK: true,
    penalties: true,
    jsonWithoutSchema: true,
    strictTools: true,
    toolSchemas: false,
    lostKeywords,
    imageDetail: false,
    toolMedia: true,
    textBesideCalls: true,
    systemAnywhere: false,
    cacheMarks: false,
    takesUrl: ({ protocol }) => protocol === 'https:' || protocol === 'gs:',
    takesMedia: () => true,
    seal: googleSeal,
    extra: (neutral, model, _limit, dropped) => ({
      options: { ...googleThinking(neutral, model, dropped), ...googleTier(neutral, key, dropped) },
    }),
    readUsage: (raw) => readUsage(raw),
  };
}

/** Pro has no `minimal` and 3 Pro no `medium` (docs.cloud.google.com, thinking); of Flash after 3.5 `minimal` is not known. */
function levelsOf(model: string, generation: number): readonly Effort[] {
  if (!model.includes('flash')) return generation < 3.1 ? ['low', 'high'] : ['low', 'medium', 'high'];
  return generation < 3.6 ? ['minimal', 'low', 'medium', 'high'] : ['low', 'medium', 'high'];
}

/** Gemini 2.5 takes a budget, later models a level and cannot stop thinking (ai.google.dev, thinking; seen 2026-11-22). */
function googleThinking({ reasoning }: Neutral, model: string, dropped: Dropped): LibraryOptions {
  if (reasoning === undefined) return {};
  const generation = Number(/gemini-(\d+(?:\.\d+)?)/.exec(model)?.[1] ?? Number.NaN);
  if (generation < 2.5 || model.includes('gemma')) {
    if (reasoning.kind !== 'off') dropped.add('reasoning_effort');
    return {};
  }
  if (reasoning.kind === 'adaptive') return { thinkingConfig: { includeThoughts: true } };
  if (generation === 2.5) return budgeted(reasoning, model, dropped);
  const levels = levelsOf(model, generation);
  if (reasoning.kind === 'off') {
    dropped.add('reasoning_effort.none');
    return { thinkingConfig: { thinkingLevel: levels[0] ?? 'low' } };
  }
  const wanted = reasoning.kind === 'effort' ? reasoning.effort : effortOfBudget(reasoning.tokens);
  const level = nearestEffort(wanted, levels) ?? 'high';
  if (level !== wanted) dropped.add(`reasoning_effort.${wanted}`);
  return { thinkingConfig: { thinkingLevel: level, includeThoughts: true } };
}

type Asked = Exclude<Neutral['reasoning'], undefined | { kind: 'adaptive' }>;

function budgeted(reasoning: Asked, model: string, dropped: Dropped): LibraryOptions {
  const pro = model.includes('pro');
  if (reasoning.kind === 'off') {
    if (pro) dropped.add('reasoning_effort.none');
    return { thinkingConfig: { thinkingBudget: pro ? 128 : 0 } };
  }
  const wanted = reasoning.kind === 'budget' ? reasoning.tokens : budgetOfEffort[reasoning.effort];
  const thinkingBudget = Math.min(wanted, pro ? 32_768 : 24_576);
  if (thinkingBudget !== wanted) dropped.add(`thinking.budget_tokens>${thinkingBudget}`);
  return { thinkingConfig: { thinkingBudget, includeThoughts: true } };
}

function googleTier({ serviceTier }: Neutral, key: string, dropped: Dropped): LibraryOptions {
  if (serviceTier === undefined || serviceTier === 'auto') return {};
  if (serviceTier === 'scale') {
    dropped.add('service_tier');
    return {};
  }
  return key === 'google' ? { serviceTier } : { sharedRequestType: serviceTier };
}

const images = /^image\/(?:png|jpeg|gif|webp)$/;
const documents =
  /^(?:application\/(?:pdf|msword|vnd\.openxmlformats-officedocument\.(?:wordprocessingml\.document|spreadsheetml\.sheet)|vnd\.ms-excel)|text\/(?:csv|html|plain|markdown))$/;

/** Bedrock's Converse, for every model but Anthropic's, which are called by their own dialect. */
export const bedrockCarrier: Carrier = {
  key: 'bedrock',
  seed: false,
  topK: false,
  penalties: false,
  jsonWithoutSchema: false,
  strictTools: true,
  toolSchemas: true,
  lostKeywords: () => none,
  imageDetail: false,
  toolMedia: true,
  textBesideCalls: true,
  systemAnywhere: false,
  cacheMarks: true,
  takesUrl: ({ protocol }, image) => image && protocol === 's3:',
  takesMedia: (mediaType) => images.test(mediaType) || documents.test(mediaType),
  seal: null,
  extra: bedrockExtra,
  readUsage: (raw) => readConverseUsage(raw),
};

function bedrockExtra(neutral: Neutral, model: string, _limit: number, dropped: Dropped): Extra {
  const { reasoning, serviceTier, output } = neutral;
  if (output?.kind === 'json_schema') dropped.add('response_format.json_schema(held_by_a_tool)');
  const tier = serviceTier === 'flex' || serviceTier === 'priority' ? { serviceTier } : {};
  if (serviceTier === 'scale') dropped.add('service_tier');
  if (reasoning === undefined || reasoning.kind === 'adaptive') return { options: tier };
  const nova = /nova-[2-9]/.test(model);
  const gpt = model.includes('openai.');
  if (reasoning.kind === 'off' || !(nova || gpt)) {
    if (reasoning.kind !== 'off' || gpt) dropped.add('reasoning_effort');
    return { options: tier };
  }
  const wanted: Effort = reasoning.kind === 'effort' ? reasoning.effort : effortOfBudget(reasoning.tokens);
  const effort = nearestEffort(wanted, ['low', 'medium', 'high']) ?? 'high';
  if (effort !== wanted) dropped.add(`reasoning_effort.${wanted}`);
  const reasoningConfig = { ...(nova ? { type: 'enabled' } : {}), maxReasoningEffort: effort };
  return { options: { ...tier, reasoningConfig } };
}

/** Cohere's Chat v2. */
export const cohereCarrier: Carrier = {
  key: 'cohere',
  seed: true,
  topK: true,
  penalties: true,
  jsonWithoutSchema: true,
  strictTools: false,
  toolSchemas: true,
  lostKeywords: () => none,
  imageDetail: true,
  toolMedia: false,
  textBesideCalls: false,
  systemAnywhere: true,
  cacheMarks: false,
  takesUrl: ({ protocol }, image) => image && /^https?:$/.test(protocol),
  takesMedia: (mediaType) => mediaType.startsWith('image/'),
  seal: null,
  extra: cohereExtra,
  readUsage: (raw) => readCohereUsage(raw),
};

function cohereExtra(
  { reasoning, serviceTier }: Neutral,
  model: string,
  limit: number,
  dropped: Dropped,
): Extra {
  if (serviceTier !== undefined && serviceTier !== 'auto') dropped.add('service_tier');
  if (reasoning === undefined || reasoning.kind === 'adaptive') return { options: {} };
  if (!/reasoning|command-a-plus/.test(model)) {
    if (reasoning.kind !== 'off') dropped.add('reasoning_effort');
    return { options: {} };
  }
  if (reasoning.kind === 'off') return { options: { thinking: { type: 'disabled' } } };
  const wanted = reasoning.kind === 'budget' ? reasoning.tokens : budgetOfEffort[reasoning.effort];
  return {
    options: { thinking: { type: 'enabled', tokenBudget: Math.min(wanted, Math.floor(limit * 0.8)) } },
  };
}
