import type { GoogleSetting, ProviderSetting } from '../../config/provider-setting.ts';
import { callModel } from '../ai-sdk/call-model.ts';
import { googleCarrier } from '../ai-sdk/carriers.ts';
import { withToolSchemas } from '../ai-sdk/google-schemas.ts';
import { upstreamFetch } from '../ai-sdk/upstream-fetch.ts';
import { type HttpUpstream, makeHttpUpstream } from '../http-upstream.ts';
import type { NeutralAnswer, NeutralCall, StopSignal, UpstreamAnswer, UpstreamCall } from '../provider.ts';
import type { TokenSource } from './google-token.ts';

export type Sent = Pick<UpstreamCall, 'body' | 'headers' | 'signal' | 'connectTimeoutMs'>;

const carrier = googleCarrier('vertex');

/** Vertex's endpoint of one project and place. */
export class VertexConnection {
  readonly #origin: string;
  readonly #project: string;
  readonly #place: string;
  readonly #upstream: HttpUpstream;

  constructor({ baseUrl, ...setting }: ProviderSetting, { project, location }: GoogleSetting) {
    this.#origin = new URL(baseUrl).origin;
    this.#project = project;
    this.#place = `/v1/projects/${project}/locations/${location}`;
    this.#upstream = makeHttpUpstream(this.#origin, setting);
  }

  /** `path` is below project and place. */
  async post(
    path: string,
    { body, signal, connectTimeoutMs }: Pick<Sent, 'body' | 'signal' | 'connectTimeoutMs'>,
    token: TokenSource,
    more: Readonly<Record<string, string>> = {},
  ): Promise<UpstreamAnswer> {
    const headers = { ...(await headersWith(token)), ...more };
    return this.#upstream.post({ path: this.#place + path, headers, body, signal, connectTimeoutMs });
  }

  /** Gemini, by the library. */
  async generate(call: NeutralCall, token: TokenSource): Promise<NeutralAnswer> {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    const { authorization } = await headersWith(token);
    const google = createGoogleGenerativeAI({
      // The name makes the library write Vertex's form; the key is only there because it insists, and never sent.
      name: 'google.vertex.chat',
      apiKey: 'none',
      baseURL: `${this.#origin}${this.#place}/publishers/google`,
      fetch: upstreamFetch(this.#upstream, call, {
        setHeaders: (headers) => {
          delete headers['x-goog-api-key'];
          headers.authorization = authorization;
        },
        editBody: (text) => withToolSchemas(text, call.neutral),
      }),
    });
    return callModel(google(call.model), call, carrier);
  }

  async listModels(token: TokenSource, signal: StopSignal): Promise<UpstreamAnswer> {
    const headers = { ...(await headersWith(token)), 'x-goog-user-project': this.#project };
    const path = '/v1beta1/publishers/google/models?pageSize=1';
    return this.#upstream.get({ path, headers, signal, connectTimeoutMs: 5_000 });
  }

  close(): Promise<void> {
    return this.#upstream.close();
  }
}

async function headersWith(token: TokenSource) {
  return {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    authorization: `Bearer ${await token()}`,
  };
}
