import type { Dialect } from '#engine/catalogue/model.ts';

/** One provider of the catalogue and where its rows come from. */
export interface Vendor {
  readonly id: string;
  /** Its key in pi-catalog. */
  readonly rows: string;
  /** Its id in genai-prices, when that knows it. */
  readonly prices?: string;
  /** Whose price counts where the two disagree. Aggregators change prices often; their own listing is fresher. */
  readonly prefer: 'genai-prices' | 'listing' | 'nobody';
  /** Serves its own models, so a model's published speed is this endpoint's speed. */
  readonly firstParty: boolean;
  readonly dialects: readonly Dialect[];
  /** What its models go by in LiteLLM's price map, before their id; an empty text: the id alone. */
  readonly mapped: readonly string[];
}

const mappedAs: Readonly<Record<string, readonly string[]>> = {
  openai: [''],
  anthropic: [''],
  google: ['gemini/'],
  mistral: ['mistral/'],
  xai: ['xai/'],
  azure: ['azure/'],
  bedrock: [''],
  vertex: ['', 'vertex_ai/'],
  groq: ['groq/'],
};

const own = (
  id: string,
  rows: string,
  prices: string | undefined,
  ...dialects: readonly Dialect[]
): Vendor => ({
  id,
  rows,
  ...(prices === undefined ? {} : { prices }),
  prefer: 'genai-prices',
  firstParty: true,
  dialects,
  mapped: mappedAs[id] ?? [],
});

const host = (id: string, rows: string, prices: string | undefined, dialect: Dialect): Vendor => ({
  ...own(id, rows, prices, dialect),
  prefer: 'listing',
  firstParty: false,
});

export const vendors: readonly Vendor[] = [
  own('openai', 'openai', 'openai', 'openai-chat', 'openai-responses'),
  own('anthropic', 'anthropic', 'anthropic', 'anthropic-messages'),
  own('google', 'google', 'google', 'google-generate', 'openai-chat'),
  own('mistral', 'mistral', 'mistral', 'openai-chat'),
  own('deepseek', 'deepseek', 'deepseek', 'openai-chat', 'anthropic-messages'),
  own('xai', 'xai', 'x-ai', 'openai-chat', 'openai-responses'),
  own('moonshot', 'moonshot', 'moonshotai', 'openai-chat'),
  own('zai', 'zai', 'zai', 'openai-chat', 'anthropic-messages'),
  // The Chinese door of the same models, billed in yuan: no price in dollars is stated.
  { ...own('zhipu', 'zai', undefined, 'openai-chat'), prefer: 'nobody' },
  own('minimax', 'minimax', 'minimax', 'openai-chat', 'anthropic-messages'),
  own('meta', 'meta', undefined, 'openai-responses'),
  own('xiaomi', 'xiaomi', undefined, 'openai-chat'),
  own('stepfun', 'stepfun', undefined, 'openai-chat'),
  {
    ...host('azure', 'azure', 'azure', 'openai-chat'),
    prefer: 'genai-prices',
    dialects: ['openai-chat', 'openai-responses'],
  },
  { ...host('bedrock', 'amazon-bedrock', 'aws', 'bedrock-converse'), prefer: 'genai-prices' },
  { ...host('vertex', 'google-vertex', 'google', 'google-generate'), prefer: 'genai-prices' },
  { ...host('groq', 'groq', 'groq', 'openai-chat'), prefer: 'genai-prices' },
  { ...host('cerebras', 'cerebras', 'cerebras', 'openai-chat'), prefer: 'genai-prices' },
  host('together', 'together', 'together', 'openai-chat'),
  host('fireworks', 'fireworks', undefined, 'openai-chat'),
  host('deepinfra', 'deepinfra', undefined, 'openai-chat'),
  host('baseten', 'baseten', 'baseten', 'openai-chat'),
  host('openrouter', 'openrouter', 'openrouter', 'openai-chat'),
];

/**
 * Tools that xAI runs, USD per thousand calls; in none of the sources. https://docs.x.ai/developers/pricing, as read on
 * 2026-11-22.
 */
export const xaiCalls = { web_search: 5, file_search: 2.5, code_execution: 5, social_search: 5 } as const;

/** Alibaba Cloud's models are in LiteLLM's price map alone. */
export const dashscope: Vendor = own('dashscope', '', undefined, 'openai-chat');

/** Cohere has no listing of its own in pi-catalog: its models' figures come from the named rows of hosts. */
export const cohereModels: readonly { readonly id: string; readonly rows: string; readonly row: string }[] = [
  { id: 'command-a-03-2025', rows: 'vercel-ai-gateway', row: 'cohere/command-a' },
  { id: 'command-r-08-2024', rows: 'openrouter', row: 'cohere/command-r-08-2024' },
  { id: 'command-r-plus-08-2024', rows: 'openrouter', row: 'cohere/command-r-plus-08-2024' },
];
export const cohere: Vendor = own('cohere', '', 'cohere', 'cohere-chat', 'openai-chat');

const NO_CHAT =
  /embed|rerank|guard|safety|safeguard|whisper|tts|transcribe|voxtral|realtime|-live-|flux|sam-\d|-image|imagine|ocr|moderation|lyria|veo|:batch$|-asr|^~|robotics|computer-use|deep-research|bge-|speech/i;

/** Bedrock's copies of one model for single regions; the plain, US, EU and global ones stay. */
const SINGLE_REGION = /^(us-gov|apac|au|ca|jp|sa|me|uk|in|kr)\./;

export function isChatModel(vendor: Vendor, id: string): boolean {
  return !NO_CHAT.test(id) && !(vendor.id === 'bedrock' && SINGLE_REGION.test(id));
}

const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/claude/, 'anthropic'],
  [/gpt-oss/, 'gpt-oss'],
  [/gpt-|codex|(^|\/)o[134](-|$)|chatgpt/, 'openai'],
  [/gemma/, 'gemma'],
  [/gemini/, 'gemini'],
  [/nemotron/, 'nemotron'],
  [/llama|hermes-|euryale|lunaris|stheno/, 'llama'],
  [/muse-/, 'muse'],
  [/mistral|mixtral|ministral|codestral|devstral|magistral|pixtral/, 'mistral'],
  [/deepseek/, 'deepseek'],
  [/grok/, 'grok'],
  [/qwen|qwq|qvq/, 'qwen'],
  [/kimi|moonshot/, 'kimi'],
  [/glm/, 'glm'],
  [/minimax/, 'minimax'],
  [/mimo/, 'mimo'],
  [/step-?\d/, 'stepfun'],
  [/(^|[/.])(command|cohere|north-)/, 'cohere'],
  [/nova-|titan/, 'nova'],
  [/jamba/, 'jamba'],
  [/palmyra/, 'palmyra'],
  [/phi-|wizardlm/, 'phi'],
  [/seed-/, 'seed'],
  [/granite/, 'granite'],
  [/ling-|ring-/, 'ling'],
  [/ernie|cobuddy/, 'ernie'],
  [/hy\d|hunyuan/, 'hunyuan'],
  [/inkling/, 'inkling'],
  [/mercury/, 'mercury'],
  [/laguna/, 'laguna'],
  [/fugu|namazu/, 'sakana'],
  [/olmo|molmo/, 'olmo'],
  [/trinity|virtuoso|arcee/, 'arcee'],
  [/reka/, 'reka'],
  [/solar/, 'solar'],
  [/lfm/, 'lfm'],
];

export function familyOf(id: string): string {
  return FAMILIES.find(([pattern]) => pattern.test(id.toLowerCase()))?.[1] ?? 'unknown';
}

/** Models OpenAI serves through Responses only: it says so of Codex and of the pro models. */
const RESPONSES_ONLY = /-pro$|codex/;

export function dialectsOf(vendor: Vendor, id: string): readonly Dialect[] {
  if ((vendor.id === 'openai' || vendor.id === 'azure') && RESPONSES_ONLY.test(id))
    return ['openai-responses'];
  if (vendor.id === 'vertex') return vertexDialects(id);
  return vendor.dialects;
}

function vertexDialects(id: string): readonly Dialect[] {
  const family = familyOf(id);
  if (family === 'anthropic') return ['anthropic-messages'];
  return family === 'gemini' ? ['google-generate', 'openai-chat'] : ['openai-chat'];
}

/** Their JSON mode promises JSON, not a schema. */
const JSON_OBJECT_ONLY = new Set(['deepseek', 'zai', 'minimax']);

/** JSON-schema answers as the vendors document them; undefined where a host or model does not say. */
export function jsonSchemaOf(vendor: Vendor, id: string): boolean | undefined {
  const family = familyOf(id);
  if (family === 'openai' && (vendor.id === 'openai' || vendor.id === 'azure')) {
    return !/^gpt-(4|4-turbo.*|4o-2024-05-13|3\.5.*)$|^o1-(mini|preview)/.test(id);
  }
  if (vendor.id === 'anthropic') return !/claude-(3|opus-4-0|opus-4-20|sonnet-4-0|sonnet-4-20)/.test(id);
  if (family === 'gemini' && (vendor.id === 'google' || vendor.id === 'vertex')) return true;
  if (vendor.id === 'mistral' && family === 'mistral') return !/^open-/.test(id) || undefined;
  if (vendor.id === 'xai' || vendor.id === 'cohere') return true;
  return JSON_OBJECT_ONLY.has(vendor.id) ? false : undefined;
}
