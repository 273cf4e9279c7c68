/** Mistral: Chat Completions in its own dialect of them, with every field taken out that it would refuse. */
import type { ProviderSetting } from '../../config/provider-setting.ts';
import { makeOpenaiCompatible } from '../openai-compatible/index.ts';
import type { Provider } from '../provider.ts';
import type { ProviderParts } from '../provider-parts.ts';
import { withReadableError } from './readable-errors.ts';

export function makeMistral(setting: ProviderSetting, parts: ProviderParts): Provider {
  const provider = makeOpenaiCompatible({ ...setting, preset: 'mistral' }, parts);
  return { ...provider, call: async (call) => withReadableError(await provider.call(call)) };
}
