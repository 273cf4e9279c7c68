import type { CustomModel } from '#engine/catalogue/custom-model.ts';
import type { ModelDetail } from '#server/contract/models.ts';

/** The prices the form has a field for; others are stated as JSON. */
export const simplePrices = [
  ['input', 'Input'],
  ['output', 'Output'],
  ['cache_read', 'Cached input'],
  ['cache_write', 'Cache write, 5 min'],
  ['cache_write_1h', 'Cache write, 1 h'],
  ['reasoning', 'Reasoning'],
] as const;
export type SimplePrice = (typeof simplePrices)[number][0];

/** A model as it is being typed: texts, so that a decimal stays the decimal that was typed. */
export interface ModelDraft {
  readonly id: string;
  readonly name: string;
  readonly context: string;
  readonly maxOutput: string;
  readonly input: readonly string[];
  readonly tools: boolean;
  readonly reasoning: boolean;
  readonly jsonSchema: 'yes' | 'no' | 'unknown';
  readonly speed: string;
  readonly firstToken: string;
  readonly quality: string;
  readonly retention: 'zero' | 'retains' | 'unknown';
  /** `fields`: by class; `json`: all that `price_usd_per_million` may hold; `none`: unpriced. */
  readonly pricing: 'fields' | 'json' | 'none';
  readonly prices: Readonly<Record<SimplePrice, string>>;
  readonly priceJson: string;
}

export type ModelBody = Omit<CustomModel, 'id'>;

const noPrices = Object.fromEntries(simplePrices.map(([name]) => [name, ''])) as Record<SimplePrice, string>;

export const emptyDraft: ModelDraft = {
  id: '',
  name: '',
  context: '',
  maxOutput: '',
  input: ['text'],
  tools: true,
  reasoning: false,
  jsonSchema: 'unknown',
  speed: '',
  firstToken: '',
  quality: '',
  retention: 'unknown',
  pricing: 'fields',
  prices: noPrices,
  priceJson: '',
};

/** What is known of a model, to be changed. */
export function draftOf(model: ModelDetail): ModelDraft {
  return {
    id: model.id,
    name: model.name,
    context: textOf(model.context),
    maxOutput: textOf(model.maxOutput),
    input: model.input,
    tools: model.tools ?? true,
    reasoning: model.reasoning ?? false,
    jsonSchema: model.jsonSchema === null ? 'unknown' : model.jsonSchema ? 'yes' : 'no',
    speed: textOf(model.speed?.tokensPerSecond ?? null),
    firstToken: textOf(model.speed?.firstTokenMs ?? null),
    quality: textOf(model.qualityOf?.index ?? null),
    retention: model.retention,
    ...priceDraft(model),
  };
}

/** The price as it was stated here, else as it ships: by class where that is all there is to it. */
function priceDraft(model: ModelDetail): Pick<ModelDraft, 'pricing' | 'prices' | 'priceJson'> {
  if (model.price === null) return { pricing: 'none', prices: noPrices, priceJson: '' };
  const own = model.custom?.price_usd_per_million;
  const stated = isRecord(own) ? own : model.price.stated;
  const isPlain = Object.keys(stated).every((name) => name in noPrices);
  return isPlain
    ? { pricing: 'fields', prices: { ...noPrices, ...mapTexts(stated) }, priceJson: pretty(stated) }
    : { pricing: 'json', prices: noPrices, priceJson: pretty(stated) };
}

/** Of a price as JSON, what the form has fields for; nothing where it cannot be read. */
export function plainPrices(json: string): Partial<Record<SimplePrice, string>> {
  const read = parsed(json);
  return Object.fromEntries(
    simplePrices.flatMap(([name]) => (read[name] === undefined ? [] : [[name, String(read[name])]])),
  );
}

/** Whether a price as JSON says more than the fields can. */
export function hasMore(json: string): boolean {
  return Object.keys(parsed(json)).some((name) => !(name in noPrices));
}

function parsed(json: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(json);
    return isRecord(read) ? read : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapTexts(record: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]));
}

function textOf(value: number | null): string {
  return value === null ? '' : String(value);
}

export function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

export type Read =
  | { readonly kind: 'ok'; readonly body: ModelBody }
  /** By the field's name in the body. */
  | { readonly kind: 'bad'; readonly problems: Readonly<Record<string, string>> };

/**
 * What the draft says, as the API takes it. Only what differs from `before` is stated, and what was stated before: the rest
 * goes on following what ships. Whether figures make sense is for the server to say.
 */
export function readDraft(draft: ModelDraft, before: ModelDraft, custom: CustomModel | null): Read {
  const problems: Record<string, string> = {};
  const figure = (field: string, text: string): number | null => {
    if (text.trim() === '') return null;
    const value = Number(text.replaceAll(/[\s_,]/g, ''));
    if (Number.isNaN(value)) problems[field] = 'must be a number';
    return value;
  };
  const price = readPrice(draft, problems);
  const stated: { readonly [N in keyof Required<ModelBody>]?: readonly [keyof ModelDraft, unknown] } = {
    name: ['name', draft.name.trim() === '' ? undefined : draft.name.trim()],
    context: ['context', figure('context', draft.context)],
    max_output: ['maxOutput', figure('max_output', draft.maxOutput)],
    input: ['input', draft.input],
    tools: ['tools', draft.tools],
    reasoning: ['reasoning', draft.reasoning],
    json_schema: ['jsonSchema', draft.jsonSchema === 'unknown' ? null : draft.jsonSchema === 'yes'],
    tokens_per_second: ['speed', figure('tokens_per_second', draft.speed)],
    first_token_ms: ['firstToken', figure('first_token_ms', draft.firstToken)],
    quality: ['quality', figure('quality', draft.quality)],
    retention: ['retention', draft.retention],
  };
  if (Object.keys(problems).length > 0) return { kind: 'bad', problems };
  const isChanged = (field: keyof ModelDraft) =>
    JSON.stringify(draft[field]) !== JSON.stringify(before[field]);
  const body = Object.fromEntries(
    Object.entries(stated).flatMap(([name, [field, value]]) =>
      value !== undefined && (isChanged(field) || (custom !== null && name in custom)) ? [[name, value]] : [],
    ),
  );
  const repriced = isChanged('pricing') || isChanged('prices') || isChanged('priceJson');
  const keep = repriced || (custom !== null && 'price_usd_per_million' in custom);
  const isNew = before.id === '';
  const { id: _, ...statedBefore } = custom ?? { id: '' };
  const priced = keep || isNew ? { price_usd_per_million: price } : {};
  return { kind: 'ok', body: { ...statedBefore, ...body, ...priced } };
}

function readPrice(draft: ModelDraft, problems: Record<string, string>): unknown {
  switch (draft.pricing) {
    case 'none':
      return null;
    case 'fields': {
      const stated = Object.entries(draft.prices).filter(([, text]) => text.trim() !== '');
      if (stated.length === 0) return null;
      return Object.fromEntries(stated.map(([name, text]) => [name, text.trim().replace(/^\$/, '')]));
    }
    case 'json':
      try {
        return JSON.parse(draft.priceJson);
      } catch (error) {
        problems.price_usd_per_million = `is not JSON: ${error instanceof Error ? error.message : String(error)}`;
        return undefined;
      }
  }
}
