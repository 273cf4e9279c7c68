import type { Dialect } from '#engine/signals/index.ts';
import type { ProviderSetting } from '../../config/provider-setting.ts';
import type { OpenAiTraits } from '../../dialects/translate/openai-chat/traits.ts';
import { checkKeys, getProbe } from '../check-key.ts';
import { type FieldQuirks, fitBody } from '../fit-body.ts';
import { makeHttpUpstream } from '../http-upstream.ts';
import type { Provider, UpstreamAnswer, UpstreamCall } from '../provider.ts';
import { factsOf, keyRingOf, type ProviderParts } from '../provider-parts.ts';

/** What differs between servers that speak OpenAI's dialects. */
export interface ChatServer {
  readonly dialects: readonly Dialect[];
  readonly lengthField: Provider['lengthField'];
  readonly fields: FieldQuirks;
  readonly openAiTraits?: (model: string) => Partial<OpenAiTraits>;
  /** Below the base URL, with its query. */
  readonly pathOf: (dialect: Dialect, model: string, query: string) => string;
  readonly authOf: (key: string) => Readonly<Record<string, string>>;
  /** Headers of the client's that it takes; `openai-beta` is the only one there is. */
  readonly takesBeta: boolean;
  /** A GET that costs nothing. */
  readonly checkPath: string;
}

const paths: Partial<Readonly<Record<Dialect, string>>> = {
  'openai-chat': '/chat/completions',
  'openai-responses': '/responses',
  'openai-embeddings': '/embeddings',
  'openai-completions': '/completions',
};

/** Where OpenAI itself has a dialect, and everybody who copied it. */
export function pathOfDialect(dialect: Dialect): string {
  return paths[dialect] ?? `/${dialect}`;
}

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

/** A provider below one base URL that takes OpenAI's dialects as they are, but for the fields it would refuse. */
export function makeChatProvider(
  setting: ProviderSetting,
  server: ChatServer,
  parts: ProviderParts,
): Provider {
  const upstream = makeHttpUpstream(setting.baseUrl, setting);
  const ring = keyRingOf(setting, parts);
  const headersOf = (key: string | null) => ({
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    ...(key === null ? {} : server.authOf(key)),
  });
  const fixed = new Map(ring.keys.map(({ credential }) => [credential, headersOf(credential)]));
  const { dialects, lengthField, openAiTraits } = server;
  return {
    id: setting.id,
    facts: factsOf(setting),
    sandbox: false,
    dialects,
    lengthField,
    ...(openAiTraits === undefined ? {} : { openAiTraits }),
    call: async (call) => {
      const { dialect, model, headers, query, signal, connectTimeoutMs } = call;
      const { body, dropped } = fitted(call, server.fields);
      const asked = headers['openai-beta'];
      const beta = server.takesBeta ? asked : undefined;
      const path = server.pathOf(dialect, model, query);
      const answer = await ring.ask(model, (key): Promise<UpstreamAnswer> => {
        const own = fixed.get(key) ?? headersOf(key);
        const sent = beta === undefined ? own : { ...own, 'openai-beta': beta };
        return upstream.post({ path, headers: sent, body, signal, connectTimeoutMs });
      });
      const lost = asked === beta ? dropped : [...dropped, 'openai-beta'];
      return lost.length === 0 ? answer : { ...answer, dropped: lost };
    },
    keys: () => ring.states(),
    check: (signal) => checkKeys(ring, getProbe(upstream, server.checkPath, headersOf), signal),
    close: () => upstream.close(),
  };
}

const noFields: readonly string[] = Object.freeze([]);

function fitted({ dialect, body, model }: UpstreamCall, fields: FieldQuirks) {
  if (dialect !== 'openai-chat' || Object.keys(fields).length === 0) return { body, dropped: noFields };
  return fitBody(body, model, fields);
}
