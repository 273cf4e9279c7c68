import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aiSdkAnthropic, aiSdkChat, aiSdkResponses } from './client-calls/ai-sdk.ts';
import { anthropicMessages } from './client-calls/anthropic-sdk.ts';
import { answer, type ClientCalls, type Endpoint, place, toolAnswer } from './client-calls/client-calls.ts';
import { langchainAnthropic, langchainOpenai } from './client-calls/langchain.ts';
import { langgraphAnthropic, langgraphOpenai } from './client-calls/langgraph.ts';
import { llamaindexAnthropic, llamaindexOpenai } from './client-calls/llamaindex.ts';
import { mind } from './client-calls/mind.ts';
import { openaiChat, openaiResponses } from './client-calls/openai-sdk.ts';
import { type ScriptedModel, startScriptedModel } from './support/scripted-model/index.ts';
import { type App, startApp } from './support/start-app.ts';

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
];

/** Names as apps have them in their code; behind each is a policy with a model of the one family or the other. */
const models = { 'an OpenAI model': 'auto-4-openai', 'an Anthropic model': 'auto-4-anthropic' } as const;

let vendors: ScriptedModel;
let app: App;
const folder = mkdtempSync(join(tmpdir(), 'waybill-clients-'));

beforeAll(async () => {
  vendors = await startScriptedModel(mind);
  app = await startApp({ env: { WAYBILL_CONFIG: writeConfig(vendors) } });
}, 240_000);
afterAll(async () => {
  await app?.stop();
  await vendors?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(libraries)('$name, with nothing but base URL and key', (library) => {
  describe.each(Object.entries(models))('served by %s', (_family, model) => {
    const at = (): Endpoint => ({ url: app.url, key: 'wb-0123456789abcdef', model });

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

function writeConfig({ openai, anthropic }: ScriptedModel): string {
  const policy = (id: string, target: string) => ({
    format: 1,
    id,
    name: id,
    entry: 'model',
    nodes: { model: { kind: 'model', target } },
  });
  writeFileSync(
    join(folder, 'on-openai.policy.json'),
    JSON.stringify(policy('on-openai', 'openai/gpt-5-mini')),
  );
  writeFileSync(
    join(folder, 'on-anthropic.policy.json'),
    JSON.stringify(policy('on-anthropic', 'anthropic/claude-sonnet-4-5')),
  );
  const path = join(folder, 'waybill.json');
  writeFileSync(
    path,
    JSON.stringify({
      providers: [
        { id: 'openai', kind: 'openai', base_url: openai, api_key: 'sk-scripted' },
        { id: 'anthropic', kind: 'anthropic', base_url: anthropic, api_key: 'sk-ant-scripted' },
      ],
      teams: [{ id: 'apps', name: 'Apps' }],
      keys: [{ id: 'app', team: 'apps', project: 'clients', secret: 'wb-0123456789abcdef' }],
      policies: folder,
      deployments: [
        { alias: 'auto-4-openai', policy: 'on-openai' },
        { alias: 'auto-4-anthropic', policy: 'on-anthropic' },
      ],
    }),
  );
  return path;
}
