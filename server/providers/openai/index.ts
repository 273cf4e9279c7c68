/** OpenAI, by Chat Completions, Responses, Embeddings and Completions. */
import type { ProviderSetting } from '../../config/provider-setting.ts';
import type { Provider } from '../provider.ts';
import type { ProviderParts } from '../provider-parts.ts';
import { bearer, makeChatProvider, pathOfDialect } from './make-chat-provider.ts';

export function makeOpenai(setting: ProviderSetting, parts: ProviderParts): Provider {
  return makeChatProvider(
    setting,
    {
      dialects: ['openai-chat', 'openai-responses', 'openai-embeddings', 'openai-completions'],
      lengthField: 'max_completion_tokens',
      fields: {},
      pathOf: (dialect, _model, query) => pathOfDialect(dialect) + query,
      takesBeta: true,
      authOf: bearer,
      checkPath: '/models',
    },
    parts,
  );
}
