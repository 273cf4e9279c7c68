/** The kinds of provider, as data: what the config file may say, and what the README's table shows. */
export const providerKinds = [
  'openai',
  'anthropic',
  'gemini',
  'azure-openai',
  'bedrock',
  'vertex',
  'mistral',
  'cohere',
  'openai-compatible',
] as const;
export type ProviderKind = (typeof providerKinds)[number];

export interface KindFacts {
  readonly title: string;
  /** Its id where the environment brings it: the name its models have in the catalogue. */
  readonly id: string;
  /** `null` where every installation has its own. */
  readonly baseUrl: string | null;
  /** The variable whose presence makes the provider appear; `null` where only the config file does. */
  readonly variable: string | null;
  /** Variables that have to be there too. */
  readonly with: readonly string[];
  /** Variables that are read beside, when they are there. */
  readonly also: readonly string[];
  /** How a call says who it is from. */
  readonly auth: string;
  /** What goes through as bytes. */
  readonly bytes: string;
  /** How other dialects get there. */
  readonly translated: string;
  /** What is asked to check a key. */
  readonly check: string;
}

const own = 'Chat Completions, by our translator';

export const kindFacts: Readonly<Record<ProviderKind, KindFacts>> = {
  openai: {
    title: 'OpenAI',
    id: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    variable: 'OPENAI_API_KEY',
    with: [],
    also: [],
    auth: 'Authorization: Bearer',
    bytes: 'Chat Completions, Responses, Embeddings, Completions',
    translated: own,
    check: 'GET /models',
  },
  anthropic: {
    title: 'Anthropic',
    id: 'anthropic',
    baseUrl: 'https://api.anthropic.com',
    variable: 'ANTHROPIC_API_KEY',
    with: [],
    also: [],
    auth: 'x-api-key',
    bytes: 'Messages, token counts',
    translated: 'Messages, by our translator',
    check: 'GET /v1/models',
  },
  gemini: {
    title: 'Google Gemini API',
    id: 'google',
    baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    variable: 'GEMINI_API_KEY',
    with: [],
    also: [],
    auth: 'x-goog-api-key',
    bytes: 'generateContent, Embeddings (by its OpenAI endpoint)',
    translated: 'generateContent, by @ai-sdk/google',
    check: 'GET /models',
  },
  'azure-openai': {
    title: 'Azure OpenAI',
    id: 'azure',
    baseUrl: null,
    variable: 'AZURE_OPENAI_API_KEY',
    with: ['AZURE_OPENAI_ENDPOINT'],
    also: ['AZURE_OPENAI_API_VERSION'],
    auth: 'api-key',
    bytes: 'Chat Completions, Responses, Embeddings, Completions',
    translated: own,
    check: 'GET …/models',
  },
  bedrock: {
    title: 'Amazon Bedrock',
    id: 'bedrock',
    baseUrl: null,
    variable: 'AWS_BEARER_TOKEN_BEDROCK',
    with: ['AWS_REGION'],
    also: [],
    auth: 'Authorization: Bearer, or SigV4',
    bytes: 'Messages, for Anthropic’s models (InvokeModel)',
    translated: 'Messages for Anthropic’s models; else Converse, by @ai-sdk/amazon-bedrock',
    check: 'GET /foundation-models of the bedrock endpoint',
  },
  vertex: {
    title: 'Google Vertex AI',
    id: 'vertex',
    baseUrl: null,
    variable: 'GOOGLE_APPLICATION_CREDENTIALS',
    with: ['GOOGLE_CLOUD_PROJECT'],
    also: ['GOOGLE_CLOUD_LOCATION'],
    auth: 'Authorization: Bearer, from Google credentials',
    bytes: 'generateContent for Gemini; Messages and token counts for Anthropic’s models (rawPredict)',
    translated: 'generateContent, by @ai-sdk/google; Messages for Anthropic’s models',
    check: 'an access token, and GET …/publishers/google/models',
  },
  mistral: {
    title: 'Mistral',
    id: 'mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    variable: 'MISTRAL_API_KEY',
    with: [],
    also: [],
    auth: 'Authorization: Bearer',
    bytes: 'Chat Completions (unknown fields taken out), Embeddings',
    translated: own,
    check: 'GET /models',
  },
  cohere: {
    title: 'Cohere',
    id: 'cohere',
    baseUrl: 'https://api.cohere.com/v2',
    variable: 'COHERE_API_KEY',
    with: [],
    also: [],
    auth: 'Authorization: Bearer',
    bytes: 'none',
    translated: 'Chat v2, by @ai-sdk/cohere',
    check: 'GET /v1/models',
  },
  'openai-compatible': {
    title: 'Anything that speaks Chat Completions',
    id: '',
    baseUrl: null,
    variable: null,
    with: [],
    also: [],
    auth: 'Authorization: Bearer, or none',
    bytes: 'Chat Completions; with a preset, what it lists',
    translated: own,
    check: 'GET /models',
  },
};
