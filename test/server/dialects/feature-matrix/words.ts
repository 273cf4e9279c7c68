import type { Dialect } from '#engine/signals/index.ts';

/** What is asked and answered in every cell, whatever the wire form. */
export const question = 'Où est le phare? ⚓';
export const answer = 'Derrière le môle – “là-bas” ⚓.';
export const instruction = 'Be brief.';
export const thought = 'It is a lighthouse.';
export const signature = 'RXFvQnNpZ25hdHVyZQ==';
export const cities = ['Oslo', 'Lima'] as const;
export const png = 'iVBORw0KGgo=';
export const slowDown = 'Please slow down a little.';
export const notSo = 'That cannot be asked.';
export const retryAfter = '7';

const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
} as const;
export const weather = { name: 'weather', description: 'The weather in a city.', schema };
export const placeSchema = schema;
export const place = '{"city":"Oslo"}';

/** In the words of every provider: 270 tokens read, 200 of them from a cache, and 45 written. */
export const counted = { input: 270, cached: 200, output: 45, reasoning: 40 };

export const features = [
  'text',
  'stream',
  'tools',
  'parallel tools',
  'images',
  'JSON schema',
  'thinking',
  'cache control',
  'usage',
  'errors',
  'cancel',
] as const;
export type Feature = (typeof features)[number];

export type Wire = Readonly<Record<string, unknown>>;

export interface Call {
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
  /** Of Gemini's, which signs its calls. */
  readonly signature?: string;
}

/** What a provider's model answers. */
export interface Said {
  readonly thought?: string;
  readonly text?: string;
  readonly calls?: readonly { readonly name: string; readonly args: object }[];
}

/** What a provider was asked, read from its own wire form. */
export interface Heard {
  readonly texts: string;
  readonly stream: boolean;
  readonly images: readonly string[];
  readonly tools: readonly { readonly name: string; readonly schema: unknown }[];
  readonly calls: readonly Call[];
  readonly results: readonly { readonly id: string; readonly text: string }[];
  readonly schema: unknown;
  readonly asksThinking: boolean;
  /** What the model thought before, as it was given back. */
  readonly thoughts: string;
  readonly marks: boolean;
}

/** What a client asks. */
export interface Ask {
  readonly stream?: boolean;
  readonly tools?: boolean;
  readonly image?: boolean;
  readonly schema?: boolean;
  readonly think?: boolean;
  readonly mark?: boolean;
  /** An earlier answer with calls; their results go along. */
  readonly after?: Got;
}

/** What a client got. */
export interface Got {
  readonly text: string;
  readonly thought: string;
  readonly calls: readonly Call[];
  readonly usage: typeof counted | null;
  /** Whether it ended as answers end. */
  readonly complete: boolean;
  /** The assistant's turn as this client sends it back. */
  readonly turn: unknown;
}

export interface UpstreamForm {
  /** Whether what was thought is shown, and proved by a signature that has to come back. */
  readonly thinks: 'signed' | 'shown' | 'no';
  readonly countsReasoning: boolean;
  readonly streamType?: string;
  hear(body: Wire): Heard;
  whole(said: Said, heard: Heard): object;
  stream(said: Said, heard: Heard): readonly (string | Buffer)[];
  problem(status: 400 | 429): { readonly body: object; readonly headers?: Readonly<Record<string, string>> };
}

export interface ClientForm {
  readonly dialect: Dialect;
  /** Features that its wire format has no place for. */
  readonly without: readonly Feature[];
  /** Whether it tells reasoning tokens apart. */
  readonly countsReasoning: boolean;
  path(model: string, stream: boolean): string;
  body(ask: Ask, model: string): object;
  read(answer: Wire): Got;
  /** A stream's events as a whole answer, and the texts it came in. */
  join(events: readonly Wire[]): { readonly whole: Wire; readonly pieces: readonly string[] };
  /** What an error says of its kind; for a 429 and a 400 it should fit these. */
  kindOf(error: Wire): string;
  readonly kinds: { readonly 400: RegExp; readonly 429: RegExp };
}

export const resultOf = (city: string) => `${city}: 12 °C`;

export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

export function list(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

export const sse = (data: object, event?: string) =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;

/** A text in pieces of a few characters. */
export function pieces(text: string): readonly string[] {
  return text.match(/.{1,5}/gsu) ?? [];
}
