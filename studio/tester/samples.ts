import { z } from 'zod';
import type { TesterState } from './tester-state.ts';

const Mocked = z.object({
  open: z.array(z.string()),
  errorRate: z.record(z.string(), z.number()),
  limitsUsed: z.record(z.string(), z.number()),
  budgetUsed: z.number().nullable(),
  sessionTarget: z.string().nullable(),
  warmTokens: z.number().nullable(),
  draw: z.number().nullable(),
  hour: z.number().nullable(),
  taskLabel: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
});
const Form = z.object({
  message: z.string(),
  system: z.string(),
  model: z.string(),
  tools: z.number(),
  maxOutputTokens: z.number().nullable(),
  image: z.boolean(),
  json: z.boolean(),
});
const dialects = [
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'google-generate',
  'openai-completions',
] as const;
const Sample = z.object({
  name: z.string().min(1).max(120),
  mode: z.enum(['form', 'body']),
  dialect: z.enum(dialects),
  form: Form,
  bodyText: z.string(),
  mocks: Mocked,
});

/** A test request by name, with what is pretended of the moment. It stays in the browser: it may hold a prompt. */
export type Sample = Readonly<z.output<typeof Sample>>;

/** What a sample is kept of; a logged request has its own link. */
export function sampleOf(
  name: string,
  {
    mode,
    dialect,
    form,
    bodyText,
    mocks,
  }: Omit<TesterState, 'trial' | 'trialHash' | 'trialKey' | 'recordId'>,
): Sample | null {
  return mode === 'logged' ? null : Sample.parse({ name, mode, dialect, form, bodyText, mocks });
}

const mostSamples = 50;
const keyOf = (policyId: string) => `waybill.samples.${policyId}`;

/** The samples of a policy by name; what cannot be read is left out. */
export function readSamples(storage: Pick<Storage, 'getItem'>, policyId: string): readonly Sample[] {
  const found = fromJson(storage.getItem(keyOf(policyId)) ?? '[]');
  return (Array.isArray(found) ? found : []).flatMap((one) => Sample.safeParse(one).data ?? []);
}

/** Keeps a sample in the place of one of the same name; the oldest go where there are too many. */
export function keepSample(storage: Storage, policyId: string, sample: Sample): readonly Sample[] {
  const others = readSamples(storage, policyId).filter(({ name }) => name !== sample.name);
  return write(storage, policyId, [...others, sample].slice(-mostSamples));
}

export function dropSample(storage: Storage, policyId: string, name: string): readonly Sample[] {
  return write(
    storage,
    policyId,
    readSamples(storage, policyId).filter((one) => one.name !== name),
  );
}

function write(storage: Storage, policyId: string, samples: readonly Sample[]): readonly Sample[] {
  storage.setItem(keyOf(policyId), JSON.stringify(samples));
  return samples;
}

/** Links longer than this are cut by chats and mail. */
const longestLink = 16_000;
const mark = '#test=';

/** A link that brings a sample along behind the `#`, where no server sees it; `null` where it would be too long. */
export function linkOfSample(origin: string, policyId: string, sample: Sample): string | null {
  const octets = new TextEncoder().encode(JSON.stringify(sample));
  const text = btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
  const link = `${origin}/policies/${encodeURIComponent(policyId)}${mark}${encodeURIComponent(text)}`;
  return link.length > longestLink ? null : link;
}

/** The sample behind the `#` of an address: `undefined` where there is none, `null` where it cannot be read. */
export function sampleInHash(hash: string): Sample | null | undefined {
  if (!hash.startsWith(mark)) return undefined;
  try {
    const text = atob(decodeURIComponent(hash.slice(mark.length)));
    const octets = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    return Sample.safeParse(JSON.parse(new TextDecoder().decode(octets))).data ?? null;
  } catch {
    return null;
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
