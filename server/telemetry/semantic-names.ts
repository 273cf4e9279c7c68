import type { Dialect } from '#engine/signals/index.ts';

/**
 * Names of the OpenTelemetry semantic conventions for generative AI (1.45, status "development": their package exports
 * them as incubating, which may change with any release, so they are written down here).
 */
export const genAi = {
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  maxTokens: 'gen_ai.request.max_tokens',
  stream: 'gen_ai.request.stream',
  conversation: 'gen_ai.conversation.id',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cacheReadTokens: 'gen_ai.usage.cache_read.input_tokens',
  cacheWriteTokens: 'gen_ai.usage.cache_creation.input_tokens',
  reasoningTokens: 'gen_ai.usage.reasoning.output_tokens',
  tokenType: 'gen_ai.token.type',
  firstChunk: 'gen_ai.response.time_to_first_chunk',
  tokenUsageMetric: 'gen_ai.client.token.usage',
  durationMetric: 'gen_ai.client.operation.duration',
} as const;

/** `error.type` of the general conventions. */
export const errorType = 'error.type';

const operations: Readonly<Record<Dialect, string>> = {
  'openai-chat': 'chat',
  'openai-responses': 'chat',
  'anthropic-messages': 'chat',
  'google-generate': 'generate_content',
  'openai-embeddings': 'embeddings',
  'openai-completions': 'text_completion',
};

/** `gen_ai.operation.name` of a request in this dialect; `chat` where the dialect is unknown. */
export function operationOf(dialect: string | null | undefined): string {
  return operations[dialect as Dialect] ?? 'chat';
}

const providers: Readonly<Record<string, string>> = {
  google: 'gcp.gemini',
  gemini: 'gcp.gemini',
  vertex: 'gcp.vertex_ai',
  bedrock: 'aws.bedrock',
  azure: 'azure.ai.openai',
  'azure-openai': 'azure.ai.openai',
  mistral: 'mistral_ai',
  xai: 'x_ai',
};

/** `gen_ai.provider.name` of a target: the conventions' own name where they have one, else the id of the provider. */
export function providerOf(target: string): string {
  const id = target.slice(0, Math.max(0, target.indexOf('/')));
  return providers[id] ?? id;
}

/** `gen_ai.request.model` of a target: `openai/gpt-5` → `gpt-5`. */
export function modelOf(target: string): string {
  return target.slice(target.indexOf('/') + 1);
}

/** As Prometheus writes a name of OpenTelemetry: dots are underscores, the unit stands behind. */
export function prometheusName(name: string, unit = ''): string {
  return name.replaceAll('.', '_') + (unit === '' ? '' : `_${unit}`);
}
