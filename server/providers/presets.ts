import type { Dialect } from '#engine/signals/index.ts';
import type { OpenAiTraits } from '../dialects/translate/openai-chat/traits.ts';
import type { FieldQuirks } from './fit-body.ts';

/** A vendor or server that speaks OpenAI's dialects, as data. */
export interface Preset {
  readonly title: string;
  /** Its id where the environment brings it: the name its models have in the catalogue, if they are there. */
  readonly id: string;
  readonly baseUrl: string;
  /** Its presence makes the provider appear: it holds the key, or for a server on one's own machine the address. */
  readonly variable: string;
  readonly holds: 'key' | 'address';
  readonly dialects: readonly Dialect[];
  readonly lengthField: 'max_completion_tokens' | 'max_tokens';
  /** What of a chat completion it refuses, or knows by another name. */
  readonly fields: FieldQuirks;
  readonly traits: Partial<OpenAiTraits>;
  /** Values of `reasoning_effort` by what a model's name contains; the first match counts, none: refused. */
  readonly efforts: readonly (readonly [part: string, efforts: OpenAiTraits['efforts']])[];
  /** Where it says what a model thought. */
  readonly reasoning: 'reasoning_content' | 'reasoning' | 'content parts' | 'not said';
  /** Where this is from. */
  readonly source: string;
}

const chat = ['openai-chat'] as const;
const three = ['openai-chat', 'openai-embeddings', 'openai-completions'] as const;
const four = ['openai-chat', 'openai-responses', 'openai-embeddings', 'openai-completions'] as const;
const usual = ['low', 'medium', 'high'] as const;
const open = { topK: true, userField: 'user' } as const;
const plain = { lengthField: 'max_tokens', fields: {}, traits: {}, efforts: [], holds: 'key' } as const;

/** By the name a config file uses. One entry adds one. Read on 2026-11-22. */
export const presets = {
  deepseek: {
    ...plain,
    title: 'DeepSeek',
    id: 'deepseek',
    baseUrl: 'https://api.deepseek.com/v1',
    variable: 'DEEPSEEK_API_KEY',
    dialects: ['openai-chat', 'openai-responses'],
    // A turn with tool calls that comes back without what was thought is refused.
    traits: { thinkingBack: true },
    efforts: [['', ['low', 'high', 'max']]],
    reasoning: 'reasoning_content',
    source: 'https://api-docs.deepseek.com/guides/thinking_mode',
  },
  dashscope: {
    ...plain,
    title: 'Qwen (Alibaba Cloud Model Studio)',
    id: 'dashscope',
    baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    variable: 'DASHSCOPE_API_KEY',
    dialects: ['openai-chat', 'openai-embeddings'],
    traits: open,
    reasoning: 'reasoning_content',
    source: 'https://www.alibabacloud.com/help/en/model-studio/qwen-api-reference',
  },
  zhipu: {
    ...plain,
    title: 'Zhipu (bigmodel.cn)',
    id: 'zhipu',
    baseUrl: 'https://open.bigmodel.cn/api/paas/v4',
    variable: 'ZHIPU_API_KEY',
    dialects: ['openai-chat', 'openai-embeddings'],
    fields: { renamed: { max_completion_tokens: 'max_tokens' } },
    traits: { thinkingBack: true },
    reasoning: 'reasoning_content',
    source: 'https://docs.bigmodel.cn/api-reference',
  },
  zai: {
    ...plain,
    title: 'Z.ai (Zhipu, international)',
    id: 'zai',
    baseUrl: 'https://api.z.ai/api/paas/v4',
    variable: 'ZAI_API_KEY',
    dialects: chat,
    fields: { renamed: { max_completion_tokens: 'max_tokens' } },
    traits: { thinkingBack: true },
    reasoning: 'reasoning_content',
    source: 'https://docs.z.ai/api-reference/llm/chat-completion',
  },
  moonshot: {
    ...plain,
    title: 'Moonshot (Kimi)',
    id: 'moonshot',
    baseUrl: 'https://api.moonshot.ai/v1',
    variable: 'MOONSHOT_API_KEY',
    dialects: chat,
    lengthField: 'max_completion_tokens',
    // A turn with tool calls that comes back without what was thought is refused.
    traits: { thinkingBack: true },
    reasoning: 'reasoning_content',
    source: 'https://platform.kimi.ai/docs/api/chat.md',
  },
  xai: {
    ...plain,
    title: 'xAI',
    id: 'xai',
    baseUrl: 'https://api.x.ai/v1',
    variable: 'XAI_API_KEY',
    dialects: ['openai-chat', 'openai-responses'],
    lengthField: 'max_completion_tokens',
    fields: {
      refused: { 'grok-4': ['presence_penalty', 'frequency_penalty', 'stop'] },
    },
    efforts: [
      ['grok-3-mini', ['low', 'high']],
      ['grok-4.3', usual],
    ],
    reasoning: 'reasoning_content',
    source: 'https://docs.x.ai/docs/guides/reasoning',
  },
  mistral: {
    ...plain,
    title: 'Mistral',
    id: 'mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    variable: 'MISTRAL_API_KEY',
    dialects: ['openai-chat', 'openai-embeddings'],
    // It answers 422 to every field it does not know; usage comes with a stream unasked.
    fields: {
      known: [
        'model',
        'messages',
        'temperature',
        'top_p',
        'max_tokens',
        'stream',
        'stop',
        'random_seed',
        'metadata',
        'response_format',
        'tools',
        'tool_choice',
        'presence_penalty',
        'frequency_penalty',
        'n',
        'prediction',
        'parallel_tool_calls',
        'prompt_mode',
        'reasoning_effort',
        'safe_prompt',
      ],
      renamed: { max_completion_tokens: 'max_tokens', seed: 'random_seed' },
      needless: ['stream_options'],
      toolIds: 9,
    },
    traits: { userField: 'user' },
    efforts: [['mistral-small', ['high']]],
    reasoning: 'content parts',
    source: 'https://docs.mistral.ai/api',
  },
  together: {
    ...plain,
    title: 'Together',
    id: 'together',
    baseUrl: 'https://api.together.xyz/v1',
    variable: 'TOGETHER_API_KEY',
    dialects: three,
    fields: { renamed: { max_completion_tokens: 'max_tokens' } },
    traits: open,
    efforts: [['gpt-oss', usual]],
    reasoning: 'reasoning',
    source: 'https://docs.together.ai/reference/chat-completions-1',
  },
  fireworks: {
    ...plain,
    title: 'Fireworks',
    id: 'fireworks',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    variable: 'FIREWORKS_API_KEY',
    dialects: four,
    fields: { renamed: { max_completion_tokens: 'max_tokens' } },
    traits: open,
    efforts: [['', usual]],
    reasoning: 'reasoning_content',
    source: 'https://docs.fireworks.ai/api-reference/post-chatcompletions',
  },
  groq: {
    ...plain,
    title: 'Groq',
    id: 'groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    variable: 'GROQ_API_KEY',
    dialects: ['openai-chat', 'openai-responses'],
    lengthField: 'max_completion_tokens',
    fields: {
      refused: { '': ['logprobs', 'top_logprobs', 'logit_bias'] },
      messageFields: ['name'],
      single: true,
    },
    traits: { userField: 'user' },
    efforts: [['gpt-oss', usual]],
    reasoning: 'reasoning',
    source: 'https://console.groq.com/docs/openai',
  },
  cerebras: {
    ...plain,
    title: 'Cerebras',
    id: 'cerebras',
    baseUrl: 'https://api.cerebras.ai/v1',
    variable: 'CEREBRAS_API_KEY',
    dialects: ['openai-chat', 'openai-completions'],
    lengthField: 'max_completion_tokens',
    fields: { refused: { '': ['frequency_penalty', 'presence_penalty', 'logit_bias'] } },
    traits: { userField: 'user' },
    efforts: [['gpt-oss', usual]],
    reasoning: 'reasoning',
    source: 'https://inference-docs.cerebras.ai/resources/openai',
  },
  deepinfra: {
    ...plain,
    title: 'DeepInfra',
    id: 'deepinfra',
    baseUrl: 'https://api.deepinfra.com/v1/openai',
    variable: 'DEEPINFRA_API_KEY',
    dialects: three,
    traits: open,
    efforts: [['gpt-oss', usual]],
    reasoning: 'reasoning_content',
    source: 'https://deepinfra.com/docs/openai_api',
  },
  openrouter: {
    ...plain,
    title: 'OpenRouter',
    id: 'openrouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    variable: 'OPENROUTER_API_KEY',
    dialects: four,
    traits: open,
    efforts: [['', ['minimal', 'low', 'medium', 'high', 'xhigh']]],
    reasoning: 'reasoning',
    source: 'https://openrouter.ai/docs/api-reference/overview',
  },
  ollama: {
    ...plain,
    title: 'Ollama',
    id: 'ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    variable: 'OLLAMA_BASE_URL',
    holds: 'address',
    dialects: four,
    traits: { ...open, topK: false },
    efforts: [['', usual]],
    reasoning: 'reasoning',
    source: 'https://docs.ollama.com/api/openai-compatibility',
  },
  vllm: {
    ...plain,
    title: 'vLLM',
    id: 'vllm',
    baseUrl: 'http://127.0.0.1:8000/v1',
    variable: 'VLLM_BASE_URL',
    holds: 'address',
    dialects: four,
    traits: open,
    efforts: [['gpt-oss', usual]],
    reasoning: 'reasoning_content',
    source: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
  },
  lmstudio: {
    ...plain,
    title: 'LM Studio',
    id: 'lmstudio',
    baseUrl: 'http://127.0.0.1:1234/v1',
    variable: 'LMSTUDIO_BASE_URL',
    holds: 'address',
    dialects: four,
    traits: open,
    efforts: [['gpt-oss', usual]],
    reasoning: 'reasoning_content',
    source: 'https://lmstudio.ai/docs/developer/openai-compat',
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetName = keyof typeof presets;
export const presetNames = Object.keys(presets) as readonly PresetName[];

export function presetOf(name: PresetName): Preset {
  return presets[name];
}
