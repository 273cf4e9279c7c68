import type { LanguageModelV3CallOptions } from '@ai-sdk/provider';
import type { Usage } from '#engine/catalogue/index.ts';
import type { Dropped } from '../../dialects/translate/dropped.ts';
import type { Neutral } from '../../dialects/translate/neutral.ts';

export type LibraryOptions = NonNullable<LanguageModelV3CallOptions['providerOptions']>[string];

/** What is told to a library beside the common fields, and what the limit on output has to be for it. */
export interface Extra {
  readonly options: LibraryOptions;
  readonly maxOutputTokens?: number;
}

/**
 * What one library carries. It drops some things without a word, so everything it cannot carry has to be known here and
 * named. Read from the libraries' source, version by version: `test/server/providers/ai-sdk` holds each of these.
 */
export interface Carrier {
  /** Where it keeps its own options and metadata. */
  readonly key: 'google' | 'vertex' | 'bedrock' | 'cohere';
  readonly seed: boolean;
  readonly topK: boolean;
  readonly penalties: boolean;
  /** JSON of any kind; JSON of a schema all of them carry. */
  readonly jsonWithoutSchema: boolean;
  readonly strictTools: boolean;
  /** Whether tools' schemas go through the library; else they are put into its body as they are. */
  readonly toolSchemas: boolean;
  /** Keywords of an answer's schema that it leaves out. */
  readonly lostKeywords: (schema: unknown) => ReadonlySet<string>;
  readonly imageDetail: boolean;
  /** Images and files inside tool results. */
  readonly toolMedia: boolean;
  /** Text beside the calls of an assistant's turn. */
  readonly textBesideCalls: boolean;
  /** Instructions between the turns. */
  readonly systemAnywhere: boolean;
  readonly cacheMarks: boolean;
  /** Whether an address of this kind reaches the model. */
  readonly takesUrl: (url: URL, image: boolean) => boolean;
  /** Whether bytes of this media type do. */
  readonly takesMedia: (mediaType: string) => boolean;
  /** The seal that marks signatures as this provider's; none where thinking cannot be given back. */
  readonly seal: string | null;
  readonly extra: (neutral: Neutral, model: string, maxOutputTokens: number, dropped: Dropped) => Extra;
  /** From the provider's own object. */
  readonly readUsage: (raw: unknown) => Usage | null;
}

/** Tells Gemini's signatures from Anthropic's, when a client sends back what it was given. */
export const googleSeal = 'waybill.google.';
/** The signature of a call, which Gemini wants back on the call itself. */
export const googleCallSeal = 'waybill.google.call.';
