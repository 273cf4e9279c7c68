/**
 * Azure OpenAI. Without an API version by its v1 API, where the deployment is the `model` of the body; with one by
 * deployment URLs. (learn.microsoft.com, API version lifecycle, seen 2026-11-22)
 */
import type { Dialect } from '#engine/signals/index.ts';
import type { ProviderSetting } from '../../config/provider-setting.ts';
import { type ChatServer, makeChatProvider, pathOfDialect } from '../openai/make-chat-provider.ts';
import type { Provider } from '../provider.ts';
import type { ProviderParts } from '../provider-parts.ts';

export function makeAzureOpenai(setting: ProviderSetting, parts: ProviderParts): Provider {
  const { apiVersion } = setting;
  return makeChatProvider(
    { ...setting, baseUrl: setting.baseUrl.replace(/\/openai(?:\/v1)?\/*$/, '') },
    {
      dialects: ['openai-chat', 'openai-responses', 'openai-embeddings', 'openai-completions'],
      lengthField: 'max_completion_tokens',
      fields: {},
      takesBeta: true,
      authOf: (key) => ({ 'api-key': key }),
      ...(apiVersion == null ? v1 : dated(apiVersion)),
    },
    parts,
  );
}

type Paths = Pick<ChatServer, 'pathOf' | 'checkPath'>;

const v1: Paths = {
  pathOf: (dialect, _model, query) => `/openai/v1${pathOfDialect(dialect)}${query}`,
  checkPath: '/openai/v1/models',
};

function dated(version: string): Paths {
  const stated = `api-version=${encodeURIComponent(version)}`;
  return {
    pathOf: (dialect, model, query) =>
      `${placeOf(dialect, model)}${query === '' ? '?' : `${query}&`}${stated}`,
    checkPath: `/openai/models?${stated}`,
  };
}

/** Responses name the deployment in the body, also with a dated version. */
function placeOf(dialect: Dialect, model: string): string {
  return dialect === 'openai-responses'
    ? '/openai/responses'
    : `/openai/deployments/${encodeURIComponent(model)}${pathOfDialect(dialect)}`;
}
