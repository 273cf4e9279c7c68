/** Any server that speaks OpenAI's Chat Completions: vLLM, llama.cpp, Ollama, a vendor's compatible endpoint. */
import { makeChatProvider, type OpenaiOptions } from '../openai/index.ts';
import type { Provider } from '../provider.ts';

/** `apiKey` is `null` (or `none` in the config file) for a server that asks for none. */
export function makeOpenaiCompatible({ id, baseUrl, apiKey }: OpenaiOptions): Provider {
  return makeChatProvider({
    id,
    baseUrl,
    apiKey: apiKey === 'none' ? null : apiKey,
    dialects: ['openai-chat'],
    lengthField: 'max_tokens',
  });
}
