/**
 * Google Cloud's Vertex AI. Gemini by its own dialect, or for other clients by the maintained library; Anthropic's models
 * by Messages (rawPredict); models named `publisher/model` by Vertex's Chat Completions endpoint.
 */
import type { Dialect } from '#engine/signals/index.ts';
import type { ProviderSetting } from '../../config/provider-setting.ts';
import { betaFlags } from '../anthropic/beta-flags.ts';
import { type Host, hostBody } from '../anthropic/host-body.ts';
import { checkKeys } from '../check-key.ts';
import { generatePath } from '../google-path.ts';
import { KeyRing } from '../keys/key-ring.ts';
import { type Provider, type UpstreamAnswer, type UpstreamCall, UpstreamFailure } from '../provider.ts';
import { factsOf, type ProviderParts } from '../provider-parts.ts';
import { type Sent, VertexConnection } from './connection.ts';
import { googleTokens, type TokenSource } from './google-token.ts';

export function makeVertex(setting: ProviderSetting, parts: ProviderParts): Provider {
  const google = setting.google ?? { project: '', location: 'global', credentialsFile: null };
  const tokens = googleTokens(google, (said) =>
    parts.logger.warn({ provider: setting.id, said }, 'Google gave no access token'),
  );
  const ring = new KeyRing(setting.id, [{ credential: tokens, weight: 1, name: google.project }], parts);
  const connection = new VertexConnection(setting, google);
  const asking: Asking = { ring, connection, host: hostOf(setting) };
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects: ['google-generate', 'anthropic-messages', 'openai-chat'],
    dialectsOf: (model) => [dialectOf(model)],
    lengthField: 'max_tokens',
    call: (call) => callModelOf(call, asking),
    callNeutral: (call) => ring.ask(call.model, (token) => connection.generate(call, token)),
    countTokens: (call) => countTokens(call, asking),
    keys: () => ring.states(),
    check: (signal) => checkKeys(ring, (token, stop) => connection.listModels(token, stop), signal),
    close: () => connection.close(),
  };
}

interface Asking {
  readonly ring: KeyRing<TokenSource>;
  readonly connection: VertexConnection;
  readonly host: Host;
}

function callModelOf(call: UpstreamCall, asking: Asking): Promise<UpstreamAnswer> {
  const { model, stream } = call;
  switch (dialectOf(model)) {
    case 'anthropic-messages': {
      const verb = stream ? 'streamRawPredict' : 'rawPredict';
      return askMessages(`/publishers/anthropic/models/${model}:${verb}`, call, asking.host, asking);
    }
    case 'openai-chat':
      return ask('/endpoints/openapi/chat/completions', call, asking);
    case 'google-generate':
      return ask(generatePath(`/publishers/google/models/${model}`, call), call, asking);
  }
}

function ask(path: string, call: UpstreamCall, { ring, connection }: Asking): Promise<UpstreamAnswer> {
  return ring.ask(call.model, (token) => connection.post(path, call, token));
}

async function askMessages(
  path: string,
  call: Sent & Pick<UpstreamCall, 'model'>,
  host: Host,
  { ring, connection }: Asking,
): Promise<UpstreamAnswer> {
  const { body, beta, dropped } = hostBody(call.body, call.headers['anthropic-beta'], host);
  const more: Readonly<Record<string, string>> = beta === '' ? {} : { 'anthropic-beta': beta };
  const answer = await ring.ask(call.model, (token) => connection.post(path, { ...call, body }, token, more));
  return { ...answer, dropped };
}

/** Anthropic's models are counted at a path of their own, the model in the body; Gemini's at the model's. */
function countTokens(call: Omit<UpstreamCall, 'stream'>, asking: Asking): Promise<UpstreamAnswer> {
  const { ring, connection, host } = asking;
  switch (dialectOf(call.model)) {
    case 'anthropic-messages': {
      const path = '/publishers/anthropic/models/count-tokens:rawPredict';
      return askMessages(path, call, { ...host, without: ['stream'] }, asking);
    }
    case 'google-generate': {
      const path = `/publishers/google/models/${call.model}:countTokens`;
      return ring.ask(call.model, (token) => connection.post(path, call, token));
    }
    case 'openai-chat':
      return Promise.reject(new UpstreamFailure('unavailable', `Vertex does not count for ${call.model}.`));
  }
}

/** `claude-…@20250929`, `gemini-…`, `meta/llama-…`. */
function dialectOf(
  model: string,
): Extract<Dialect, 'anthropic-messages' | 'openai-chat' | 'google-generate'> {
  if (model.startsWith('claude')) return 'anthropic-messages';
  return model.includes('/') ? 'openai-chat' : 'google-generate';
}

function hostOf({ betaFlags: more }: ProviderSetting): Host {
  return {
    version: 'vertex-2023-10-16',
    without: ['model'],
    flags: [...betaFlags.vertex, ...(more ?? [])],
    flagsInBody: false,
  };
}
