import type { ProviderSetting } from '../config/provider-setting.ts';
import { makeAnthropic } from './anthropic/index.ts';
import { makeAzureOpenai } from './azure-openai/index.ts';
import { makeBedrock } from './bedrock/index.ts';
import { makeCohere } from './cohere/index.ts';
import { makeGemini } from './gemini/index.ts';
import type { ProviderKind } from './kinds.ts';
import { makeMistral } from './mistral/index.ts';
import { makeOpenai } from './openai/index.ts';
import { makeOpenaiCompatible } from './openai-compatible/index.ts';
import type { Provider } from './provider.ts';
import type { ProviderParts } from './provider-parts.ts';
import { makeVertex } from './vertex/index.ts';

type Maker = (setting: ProviderSetting, parts: ProviderParts) => Provider;

const makers: Readonly<Record<ProviderKind, Maker>> = {
  openai: makeOpenai,
  anthropic: makeAnthropic,
  gemini: makeGemini,
  'azure-openai': makeAzureOpenai,
  bedrock: makeBedrock,
  vertex: makeVertex,
  mistral: makeMistral,
  cohere: makeCohere,
  'openai-compatible': makeOpenaiCompatible,
};

/** The provider of a setting. Opens no connection. */
export function makeProvider(setting: ProviderSetting, parts: ProviderParts): Provider {
  return makers[setting.kind](setting, parts);
}
