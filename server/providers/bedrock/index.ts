/**
 * Amazon Bedrock. Anthropic's models are called by their own Messages dialect (InvokeModel), so nothing of it is lost; all
 * others by Converse, through the maintained library, which is loaded when it is first asked.
 */
import type { AwsCredentials, ProviderSetting } from '../../provider-setting.ts';
import { callModel } from '../ai-sdk/call-model.ts';
import { bedrockCarrier } from '../ai-sdk/carriers.ts';
import { upstreamFetch } from '../ai-sdk/upstream-fetch.ts';
import { betaFlags } from '../anthropic/beta-flags.ts';
import { type Host, hostBody } from '../anthropic/host-body.ts';
import { checkKeys } from '../check-key.ts';
import { makeHttpUpstream } from '../http-upstream.ts';
import { KeyRing, type WeightedKey } from '../keys/key-ring.ts';
import type { NeutralCall, Provider, UpstreamAnswer, UpstreamCall } from '../provider.ts';
import { factsOf, type ProviderParts } from '../provider-parts.ts';
import { discardBody } from '../read-small-body.ts';
import { asAnthropicAnswer } from './messages-answer.ts';
import { type BedrockCredential, signRequest } from './sign-request.ts';

const messages = ['anthropic-messages'] as const;
const none = [] as const;

export function makeBedrock(setting: ProviderSetting, parts: ProviderParts): Provider {
  const origin = new URL(setting.baseUrl).origin;
  const region = setting.aws?.region ?? 'us-east-1';
  const upstream = makeHttpUpstream(origin);
  const control = makeHttpUpstream(origin.replace('//bedrock-runtime.', '//bedrock.'));
  const ring = new KeyRing(setting.id, credentialsOf(setting), parts);
  const host = hostOf(setting);

  const invoke = async (call: UpstreamCall, body: Buffer, credential: BedrockCredential) => {
    const verb = call.stream ? 'invoke-with-response-stream' : 'invoke';
    const path = `/model/${encodeURIComponent(call.model)}/${verb}`;
    const plain = { 'content-type': 'application/json', 'accept-encoding': 'identity' };
    const headers = await signRequest(credential, {
      method: 'POST',
      url: origin + path,
      region,
      headers: plain,
      body,
    });
    const { signal, connectTimeoutMs } = call;
    return upstream.post({ path, headers, body, signal, connectTimeoutMs });
  };
  const ask = async (call: NeutralCall, credential: BedrockCredential) => {
    const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
    const bedrock = createAmazonBedrock({
      region,
      baseURL: origin,
      fetch: upstreamFetch(upstream, call),
      // Everything is said, so that the library looks for nothing in the environment.
      ...(credential.kind === 'bearer'
        ? { apiKey: credential.key }
        : { apiKey: ' ', credentialProvider: async () => withoutNulls(credential.credentials) }),
    });
    return callModel(bedrock(call.model), call, bedrockCarrier);
  };
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects: messages,
    dialectsOf: (model) => (isAnthropic(model) ? messages : none),
    lengthField: 'max_tokens',
    call: async (call) => {
      const { body, dropped } = hostBody(call.body, call.headers['anthropic-beta'], host);
      const answer = await ring.ask(
        call.model,
        (credential) => invoke(call, body, credential),
        (unwanted) => discardBody(unwanted.body),
      );
      return { ...(await asAnthropicAnswer(answer)), dropped };
    },
    callNeutral: (call) =>
      ring.ask(
        call.model,
        (credential) => ask(call, credential),
        () => {},
      ),
    keys: () => ring.states(),
    check: (signal) =>
      checkKeys(
        ring,
        async (credential, stop): Promise<UpstreamAnswer> => {
          const path = '/foundation-models?byOutputModality=TEXT';
          const url = `${origin.replace('//bedrock-runtime.', '//bedrock.')}${path}`;
          const headers = await signRequest(credential, {
            method: 'GET',
            url,
            region,
            headers: {},
            body: null,
          });
          return control.get({ path, headers, signal: stop, connectTimeoutMs: 5_000 });
        },
        signal,
      ),
    close: async () => {
      await Promise.all([upstream.close(), control.close()]);
    },
  };
}

function withoutNulls({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) };
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

function credentialsOf(setting: ProviderSetting): readonly WeightedKey<BedrockCredential>[] {
  const { aws, keys, apiKey } = setting;
  if (aws?.credentials != null) {
    const { credentials } = aws;
    return [{ credential: { kind: 'sigv4', credentials }, weight: 1, name: credentials.accessKeyId }];
  }
  const stated = keys ?? [{ apiKey: apiKey ?? '', weight: 1 }];
  return stated.map(({ apiKey: key, weight }) => ({
    credential: { kind: 'bearer', key },
    weight,
    name: key,
  }));
}
