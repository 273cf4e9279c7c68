/**
 * Amazon Bedrock. Anthropic's models are called by their own Messages dialect (InvokeModel), so nothing of it is lost; all
 * others by Converse, through the maintained library, which is loaded when it is first asked.
 */
import type { ProviderSetting } from '../../config/provider-setting.ts';
import { betaFlags } from '../anthropic/beta-flags.ts';
import { type Host, hostBody } from '../anthropic/host-body.ts';
import { checkKeys } from '../check-key.ts';
import { KeyRing, type WeightedKey } from '../keys/key-ring.ts';
import type { Provider } from '../provider.ts';
import { factsOf, type ProviderParts } from '../provider-parts.ts';
import { BedrockConnection } from './connection.ts';
import { asAnthropicAnswer } from './messages-answer.ts';
import type { BedrockCredential } from './sign-request.ts';

const messages = ['anthropic-messages'] as const;
const none = [] as const;

export function makeBedrock(setting: ProviderSetting, parts: ProviderParts): Provider {
  const connection = new BedrockConnection(setting);
  const ring = new KeyRing(setting.id, credentialsOf(setting), parts);
  const host = hostOf(setting);
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects: messages,
    dialectsOf: (model) => (isAnthropic(model) ? messages : none),
    lengthField: 'max_tokens',
    call: async (call) => {
      const { body, dropped } = hostBody(call.body, call.headers['anthropic-beta'], host);
      const answer = await ring.ask(call.model, (credential) => connection.invoke(call, body, credential));
      return { ...(await asAnthropicAnswer(answer)), dropped };
    },
    callNeutral: (call) => ring.ask(call.model, (credential) => connection.converse(call, credential)),
    keys: () => ring.states(),
    check: (signal) => checkKeys(ring, (credential, stop) => connection.listModels(credential, stop), signal),
    close: () => connection.close(),
  };
}

/** By model id (`us.anthropic.claude-…`) or by the ARN of an inference profile that names one. */
function isAnthropic(model: string): boolean {
  return /(?:^|[./])anthropic\./.test(model);
}

function hostOf({ betaFlags: more }: ProviderSetting): Host {
  return {
    version: 'bedrock-2023-05-31',
    without: ['model', 'stream'],
    flags: [...betaFlags.bedrock, ...(more ?? [])],
    flagsInBody: true,
  };
}

function credentialsOf({ aws, keys, apiKey }: ProviderSetting): readonly WeightedKey<BedrockCredential>[] {
  const credentials = aws?.credentials ?? null;
  if (credentials !== null) {
    return [{ credential: { kind: 'sigv4', credentials }, weight: 1, name: credentials.accessKeyId }];
  }
  const stated = keys ?? [{ apiKey: apiKey ?? '', weight: 1 }];
  return stated.map(({ apiKey: key, weight }) => ({
    credential: { kind: 'bearer', key },
    weight,
    name: key,
  }));
}
