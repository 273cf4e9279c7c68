/**
 * Google Cloud's Vertex AI. Gemini by its own dialect, or for other clients by the maintained library; Anthropic's models
 * by Messages (rawPredict); models named `publisher/model` by Vertex's Chat Completions endpoint.
 */
import type { Dialect } from '#engine/signals/index.ts';
import { isWireObject, parseJson, textOf } from '../../dialects/wire-value.ts';
import type { ProviderSetting } from '../../provider-setting.ts';
import { callModel } from '../ai-sdk/call-model.ts';
import { googleCarrier } from '../ai-sdk/carriers.ts';
import { withToolSchemas } from '../ai-sdk/google-schemas.ts';
import { upstreamFetch } from '../ai-sdk/upstream-fetch.ts';
import { betaFlags } from '../anthropic/beta-flags.ts';
import { type Host, hostBody } from '../anthropic/host-body.ts';
import { checkKeys } from '../check-key.ts';
import { generatePath } from '../google-path.ts';
import { makeHttpUpstream } from '../http-upstream.ts';
import { KeyRing } from '../keys/key-ring.ts';
import {
  type NeutralCall,
  type Provider,
  type UpstreamAnswer,
  type UpstreamCall,
  UpstreamFailure,
} from '../provider.ts';
import { factsOf, type ProviderParts } from '../provider-parts.ts';
import { discardBody } from '../read-small-body.ts';
import { googleTokens, type TokenSource } from './google-token.ts';

export function makeVertex(setting: ProviderSetting, parts: ProviderParts): Provider {
  const { origin } = new URL(setting.baseUrl);
  const { project, location } = googleOf(setting);
  const tokens = googleTokens(googleOf(setting), (said) =>
    parts.logger.warn({ provider: setting.id, said }, 'Google gave no access token'),
  );
  const place = `/v1/projects/${project}/locations/${location}`;
  const upstream = makeHttpUpstream(origin);
  const ring = new KeyRing(setting.id, [{ credential: tokens, weight: 1, name: project }], parts);
  const host = hostOf(setting);
  const carrier = googleCarrier('vertex');

  const post = async (
    path: string,
    body: Buffer,
    more: Readonly<Record<string, string>>,
    call: Sent,
    token: TokenSource,
  ) => {
    const { signal, connectTimeoutMs } = call;
    const headers = { ...(await headersWith(token)), ...more };
    return upstream.post({ path: place + path, headers, body, signal, connectTimeoutMs });
  };
  const ask = async (call: NeutralCall, token: TokenSource) => {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    const { authorization } = await headersWith(token);
    const google = createGoogleGenerativeAI({
      // The name makes the library write Vertex's form; the key is only there because it insists, and never sent.
      name: 'google.vertex.chat',
      apiKey: 'none',
      baseURL: `${origin}${place}/publishers/google`,
      fetch: upstreamFetch(upstream, call, {
        setHeaders: (headers) => {
          delete headers['x-goog-api-key'];
          headers.authorization = authorization;
        },
        editBody: (text) => withToolSchemas(text, call.neutral),
      }),
    });
    return callModel(google(call.model), call, carrier);
  };
  const askMessages = async (path: string, call: Sent, hosted: Host) => {
    const { body, beta, dropped } = hostBody(call.body, call.headers['anthropic-beta'], hosted);
    const more: Readonly<Record<string, string>> = beta === '' ? {} : { 'anthropic-beta': beta };
    const send = (token: TokenSource) => post(path, body, more, call, token);
    const answer = await ring.ask(path, send, (unwanted) => discardBody(unwanted.body));
    return { ...answer, dropped };
  };
  const askAs = (path: string, call: UpstreamCall): Promise<UpstreamAnswer> =>
    ring.ask(
      path,
      (token) => post(path, call.body, {}, call, token),
      (unwanted) => discardBody(unwanted.body),
    );
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects: ['google-generate', 'anthropic-messages', 'openai-chat'],
    dialectsOf: (model) => [dialectOf(model)],
    lengthField: 'max_tokens',
    call: (call) => {
      switch (dialectOf(call.model)) {
        case 'anthropic-messages': {
          const verb = call.stream ? 'streamRawPredict' : 'rawPredict';
          return askMessages(`/publishers/anthropic/models/${call.model}:${verb}`, call, host);
        }
        case 'openai-chat':
          return askAs('/endpoints/openapi/chat/completions', call);
        default:
          return askAs(generatePath(`/publishers/google/models/${call.model}`, call), call);
      }
    },
    callNeutral: (call) =>
      ring.ask(
        call.model,
        (token) => ask(call, token),
        () => {},
      ),
    countTokens: (call) => {
      requireClaude(call.body, setting.id);
      return askMessages('/publishers/anthropic/models/count-tokens:rawPredict', call, {
        ...host,
        without: ['stream'],
      });
    },
    keys: () => ring.states(),
    check: (signal) =>
      checkKeys(
        ring,
        async (token, stop) =>
          upstream.get({
            path: '/v1beta1/publishers/google/models?pageSize=1',
            headers: { ...(await headersWith(token)), 'x-goog-user-project': project },
            signal: stop,
            connectTimeoutMs: 5_000,
          }),
        signal,
      ),
    close: () => upstream.close(),
  };
}

/** Gemini has no such count; the gateway's estimate serves then. */
function requireClaude(body: Buffer, id: string): void {
  const wire = parseJson(body.toString('utf8'));
  if (isWireObject(wire) && dialectOf(textOf(wire.model)) === 'anthropic-messages') return;
  throw new UpstreamFailure('unavailable', `${id} counts tokens for Anthropic’s models only.`);
}

type Sent = Pick<UpstreamCall, 'body' | 'headers' | 'signal' | 'connectTimeoutMs'>;

async function headersWith(token: TokenSource) {
  return {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    authorization: `Bearer ${await token()}`,
  };
}

/** `claude-…@20250929`, `gemini-…`, `meta/llama-…`. */
function dialectOf(
  model: string,
): Extract<Dialect, 'anthropic-messages' | 'openai-chat' | 'google-generate'> {
  if (model.startsWith('claude')) return 'anthropic-messages';
  return model.includes('/') ? 'openai-chat' : 'google-generate';
}

function googleOf({ google }: ProviderSetting) {
  return google ?? { project: '', location: 'global', credentialsFile: null };
}

function hostOf({ betaFlags: more }: ProviderSetting): Host {
  return {
    version: 'vertex-2023-10-16',
    without: ['model'],
    flags: [...betaFlags.vertex, ...(more ?? [])],
    flagsInBody: false,
  };
}
