import type { ProviderSetting } from '#server/config/config.ts';
import { messagesForm } from './upstreams/anthropic-messages.ts';
import { converseForm, invokeForm } from './upstreams/bedrock.ts';
import { cohereForm } from './upstreams/cohere.ts';
import { generateForm } from './upstreams/google-generate.ts';
import { chatForm, mistralProblem } from './upstreams/openai-chat.ts';
import { responsesForm } from './upstreams/openai-responses.ts';
import { completionsForm, embeddingsForm } from './upstreams/openai-texts.ts';
import type { UpstreamForm } from './words.ts';

/** A provider kind, as a gateway is configured for it, and what answers at which of its addresses. */
export interface Row {
  readonly name: string;
  readonly setting: Pick<ProviderSetting, 'kind'> & Partial<ProviderSetting>;
  readonly path: string;
  readonly model: string;
  readonly forms: readonly (readonly [address: RegExp, form: UpstreamForm])[];
}

const openai = [
  [/\/chat\/completions/, chatForm('nowhere')],
  [/\/responses/, responsesForm],
  [/\/completions/, completionsForm],
  [/\/embeddings/, embeddingsForm],
] as const;
const generate = [/[gG]enerateContent/, generateForm] as const;
const mistral = { ...chatForm('parts'), problem: mistralProblem };
const aws = { region: 'eu-west-1', credentials: null };

export const rows: readonly Row[] = [
  { name: 'openai', setting: { kind: 'openai' }, path: '/v1', model: 'gpt-5-mini', forms: openai },
  {
    name: 'anthropic',
    setting: { kind: 'anthropic' },
    path: '',
    model: 'claude-opus-4-7',
    forms: [[/\/v1\/messages/, messagesForm]],
  },
  {
    name: 'openai-compatible',
    setting: { kind: 'openai-compatible' },
    path: '/v1',
    model: 'some-model',
    forms: [[/\/chat\/completions/, chatForm('a field')], ...openai],
  },
  {
    name: 'gemini',
    setting: { kind: 'gemini' },
    path: '/v1beta',
    model: 'gemini-3.5-flash',
    forms: [generate, [/\/openai\/embeddings/, embeddingsForm]],
  },
  { name: 'azure-openai', setting: { kind: 'azure-openai' }, path: '', model: 'gpt-5-mini', forms: openai },
  {
    name: 'bedrock: Claude',
    setting: { kind: 'bedrock', aws },
    path: '',
    model: 'eu.anthropic.claude-opus-4-7',
    forms: [[/\/invoke/, invokeForm]],
  },
  {
    name: 'bedrock: others',
    setting: { kind: 'bedrock', aws },
    path: '',
    model: 'eu.amazon.nova-2-lite-v1:0',
    forms: [[/\/converse/, converseForm]],
  },
  {
    name: 'vertex: Claude',
    setting: { kind: 'vertex', apiKey: null },
    path: '',
    model: 'claude-opus-4-7@default',
    forms: [[/:(?:stream)?[rR]awPredict/, messagesForm]],
  },
  {
    name: 'vertex: Gemini',
    setting: { kind: 'vertex', apiKey: null },
    path: '',
    model: 'gemini-3.5-flash',
    forms: [generate],
  },
  {
    name: 'mistral',
    setting: { kind: 'mistral' },
    path: '/v1',
    model: 'mistral-small-latest',
    forms: [
      [/\/chat\/completions/, mistral],
      [/\/embeddings/, { ...embeddingsForm, problem: mistralProblem }],
    ],
  },
  {
    name: 'cohere',
    setting: { kind: 'cohere' },
    path: '/v2',
    model: 'command-a-reasoning-08-2025',
    forms: [[/\/v2\/chat/, cohereForm]],
  },
];
