/** Any server that speaks OpenAI's Chat Completions: with a preset, a known vendor's or server's differences too. */
import type { ProviderSetting } from '../../config/provider-setting.ts';
import { bearer, makeChatProvider, pathOfDialect } from '../openai/make-chat-provider.ts';
import { type PresetName, presetOf } from '../presets.ts';
import type { Provider } from '../provider.ts';
import type { ProviderParts } from '../provider-parts.ts';

const unknownServer = {
  dialects: ['openai-chat', 'openai-embeddings', 'openai-completions'],
  lengthField: 'max_tokens',
  fields: {},
} as const;

export function makeOpenaiCompatible(setting: ProviderSetting, parts: ProviderParts): Provider {
  const { preset } = setting;
  return makeChatProvider(
    setting,
    {
      ...(preset == null ? unknownServer : serverOf(preset)),
      pathOf: (dialect, _model, query) => pathOfDialect(dialect) + query,
      takesBeta: false,
      authOf: bearer,
      checkPath: '/models',
    },
    parts,
  );
}

function serverOf(name: PresetName) {
  const { dialects, lengthField, fields, traits, efforts } = presetOf(name);
  return {
    dialects,
    lengthField,
    fields,
    openAiTraits: (model: string) => ({
      ...traits,
      lengthField,
      efforts: efforts.find(([part]) => model.includes(part))?.[1] ?? [],
    }),
  };
}
