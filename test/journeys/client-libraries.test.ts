import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aiSdkAnthropic, aiSdkChat, aiSdkResponses } from './client-calls/ai-sdk.ts';
import { anthropicMessages } from './client-calls/anthropic-sdk.ts';
import { answer, type ClientCalls, type Endpoint, place, toolAnswer } from './client-calls/client-calls.ts';
import { googleGenai } from './client-calls/google-genai.ts';
import { langchainAnthropic, langchainOpenai } from './client-calls/langchain.ts';
import { langgraphAnthropic, langgraphOpenai } from './client-calls/langgraph.ts';
import { llamaindexAnthropic, llamaindexOpenai } from './client-calls/llamaindex.ts';
import { mind } from './client-calls/mind.ts';
import { openaiChat, openaiResponses } from './client-calls/openai-sdk.ts';
import { scriptedKey, startScriptedApp } from './support/scripted-app.ts';
import { type ScriptedModel, startScriptedModel } from './support/scripted-model/index.ts';
import type { App } from './support/start-app.ts';

const libraries: readonly ClientCalls[] = [
  openaiChat,
  openaiResponses,
  anthropicMessages,
  langchainOpenai,
  langchainAnthropic,
  langgraphOpenai,
  langgraphAnthropic,
  llamaindexOpenai,
  llamaindexAnthropic,
  aiSdkChat,
  aiSdkResponses,
  aiSdkAnthropic,
  googleGenai,
];

/** Names as apps have them in their code; behind each is a policy with a model of the one family or the other. */
const models = { 'an OpenAI model': 'auto-4-openai', 'an Anthropic model': 'auto-4-anthropic' } as const;

let vendors: ScriptedModel;
let app: App;

beforeAll(async () => {
  vendors = await startScriptedModel(mind);
  app = await startScriptedApp(vendors, {
    'auto-4-openai': 'openai/gpt-5-mini',
    'auto-4-anthropic': 'anthropic/claude-sonnet-4-5',
  });
}, 240_000);
afterAll(async () => {
  await app?.stop();
  await vendors?.close();
});

describe.each(libraries)('$name, with nothing but base URL and key', (library) => {
  describe.each(Object.entries(models))('served by %s', (_family, model) => {
    const at = (): Endpoint => ({ url: app.url, key: scriptedKey, model });

    it('gets its answer', async () => {
      expect(await library.text(at())).toBe(answer);
    });

    it('gets it as a stream', async () => {
      const { text, pieces } = await library.stream(at());
      expect(text).toBe(answer);
      expect(pieces).toBeGreaterThan(1);
    });

    it('runs two tools at once and goes on with their results', async () => {
      expect(await library.tools(at())).toBe(toolAnswer);
    });

    if (library.json !== undefined)
      it('gets JSON by a schema', async () => {
        expect(await library.json?.(at())).toMatchObject(place);
      });
  });
});
