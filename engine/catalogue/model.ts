import { z } from 'zod';

/** A client or vendor wire format. */
export const Dialect = z.enum([
  'openai-chat',
  'openai-responses',
  'anthropic-messages',
  'google-generate',
  'openai-embeddings',
  'openai-completions',
  'bedrock-converse',
  'cohere-chat',
]);
export type Dialect = z.output<typeof Dialect>;

export const Modality = z.enum(['text', 'image', 'audio', 'video', 'file']);
export type Modality = z.output<typeof Modality>;

/** What the provider keeps of a request. Unknown counts as retaining wherever it is enforced. */
export const Retention = z.enum(['zero', 'retains', 'unknown']);
export type Retention = z.output<typeof Retention>;

const TargetId = z.string().regex(/^[^/\s]+\/\S+$/, 'must be <provider>/<model>, such as openai/gpt-5-mini');
const Tokens = z.int().positive();
const Figure = z.number().positive();

/**
 * One model at one provider. Only `id` is required: what is left out is unknown (`null`), text-only, and able
 * to call tools. `provider` and `model` are the two halves of the id.
 */
export const CatalogueModel = z
  .strictObject({
    id: TargetId,
    name: z.string().min(1).optional(),
    /** The vendor's family of models, such as `anthropic`, `openai`, `qwen`; `unknown` if nobody said. */
    family: z.string().min(1).default('unknown'),
    /** Token counts compare between models with the same tokenizer; null: unknown. */
    tokenizer: z.string().min(1).nullable().default(null),
    dialects: z.array(Dialect).readonly().default([]),
    /** Tokens that input and output share; null: unknown. */
    context: Tokens.nullable().default(null),
    maxOutput: Tokens.nullable().default(null),
    modalities: z
      .strictObject({ input: z.array(Modality).readonly(), output: z.array(Modality).readonly() })
      .readonly()
      .default({ input: ['text'], output: ['text'] }),
    tools: z.boolean().default(true),
    reasoning: z.boolean().default(false),
    /** Answers held to a JSON schema; null: nobody said. */
    jsonSchema: z.boolean().nullable().default(null),
    /** How the vendor's prompt cache is used; null: unknown. */
    caching: z.enum(['automatic', 'explicit', 'none']).nullable().default(null),
    speed: z
      .strictObject({
        tokensPerSecond: Figure.nullable(),
        firstTokenMs: Figure.nullable(),
        source: z.string(),
      })
      .readonly()
      .nullable()
      .default(null),
    /** Of `source`'s own scale, 0–100, more is better. Compare only figures of one source. */
    quality: z
      .strictObject({ index: z.number().min(0).max(100), source: z.string() })
      .readonly()
      .nullable()
      .default(null),
    retention: Retention.default('unknown'),
    deprecated: z.boolean().default(false),
    /** Other target ids of the same model at the same price, such as dated snapshots. */
    aliases: z.array(TargetId).readonly().default([]),
    /** The day (ISO) on which the source stated the price; null: unpriced. */
    priceDate: z.iso.date().nullable().default(null),
  })
  .transform(({ name, ...model }) => {
    const slash = model.id.indexOf('/');
    const bare = model.id.slice(slash + 1);
    return { ...model, name: name ?? bare, provider: model.id.slice(0, slash), model: bare };
  });
export type CatalogueModelInput = z.input<typeof CatalogueModel>;
export type CatalogueModel = Readonly<z.output<typeof CatalogueModel>>;
