import type { AwsCredentials, ProviderSetting } from '../../config/provider-setting.ts';
import { callModel } from '../ai-sdk/call-model.ts';
import { bedrockCarrier } from '../ai-sdk/carriers.ts';
import { upstreamFetch } from '../ai-sdk/upstream-fetch.ts';
import { makeHttpUpstream } from '../http-upstream.ts';
import type { NeutralAnswer, NeutralCall, StopSignal, UpstreamAnswer, UpstreamCall } from '../provider.ts';
import { type BedrockCredential, signRequest } from './sign-request.ts';

/** Bedrock's endpoints of one region: models are called at one, listed at the other. */
export class BedrockConnection {
  readonly #origin: string;
  readonly #controlOrigin: string;
  readonly #region: string;
  readonly #runtime: ReturnType<typeof makeHttpUpstream>;
  readonly #control: ReturnType<typeof makeHttpUpstream>;

  constructor({ baseUrl, aws, ...setting }: ProviderSetting) {
    this.#origin = new URL(baseUrl).origin;
    this.#controlOrigin = this.#origin.replace('//bedrock-runtime.', '//bedrock.');
    this.#region = aws?.region ?? 'us-east-1';
    this.#runtime = makeHttpUpstream(this.#origin, setting);
    this.#control = makeHttpUpstream(this.#controlOrigin, setting);
  }

  /** InvokeModel: the body as the model's own API takes it. */
  async invoke(call: UpstreamCall, body: Buffer, credential: BedrockCredential): Promise<UpstreamAnswer> {
    const verb = call.stream ? 'invoke-with-response-stream' : 'invoke';
    const path = `/model/${encodeURIComponent(call.model)}/${verb}`;
    const headers = await signRequest(credential, {
      method: 'POST',
      url: this.#origin + path,
      region: this.#region,
      headers: { 'content-type': 'application/json', 'accept-encoding': 'identity' },
      body,
    });
    const { signal, connectTimeoutMs } = call;
    return this.#runtime.post({ path, headers, body, signal, connectTimeoutMs });
  }

  /** Converse, by the library. */
  async converse(call: NeutralCall, credential: BedrockCredential): Promise<NeutralAnswer> {
    const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock');
    const bedrock = createAmazonBedrock({
      region: this.#region,
      baseURL: this.#origin,
      fetch: upstreamFetch(this.#runtime, call),
      // Everything is said, so that the library looks for nothing in the environment: a blank key is none, but not unsaid.
      ...(credential.kind === 'bearer'
        ? { apiKey: credential.key }
        : { apiKey: ' ', credentialProvider: async () => withoutNulls(credential.credentials) }),
    });
    return callModel(bedrock(call.model), call, bedrockCarrier);
  }

  async listModels(credential: BedrockCredential, signal: StopSignal): Promise<UpstreamAnswer> {
    const path = '/foundation-models?byOutputModality=TEXT';
    const headers = await signRequest(credential, {
      method: 'GET',
      url: this.#controlOrigin + path,
      region: this.#region,
      headers: {},
      body: null,
    });
    return this.#control.get({ path, headers, signal, connectTimeoutMs: 5_000 });
  }

  async close(): Promise<void> {
    await Promise.all([this.#runtime.close(), this.#control.close()]);
  }
}

function withoutNulls({ accessKeyId, secretAccessKey, sessionToken }: AwsCredentials) {
  return { accessKeyId, secretAccessKey, ...(sessionToken === null ? {} : { sessionToken }) };
}
