/** Where a client is pointed: what a user changes, and nothing else. */
export interface Endpoint {
  /** `http://127.0.0.1:4800`, without a path. */
  readonly url: string;
  readonly key: string;
  readonly model: string;
}

/** The calls a library's users make, each through the library's own ways, tool loop included. */
export interface ClientCalls {
  readonly name: string;
  /** Asks {@link question} and answers the text. */
  text(endpoint: Endpoint): Promise<string>;
  /** The same as a stream, put together again; more than one piece must have come. */
  stream(endpoint: Endpoint): Promise<{ readonly text: string; readonly pieces: number }>;
  /** Offers {@link weather}, lets the library run what the model calls, and answers the last text. */
  tools(endpoint: Endpoint): Promise<string>;
  /** Asks for a {@link place} and answers it parsed; missing where the library itself cannot ask for JSON. */
  json?(endpoint: Endpoint): Promise<unknown>;
}

export const question = 'What is the harbour master’s lucky number? ⚓';
export const answer = 'The harbour master’s lucky number is 47 – “naturally” ⚓.';

/** The tool every library offers: one argument, a text as its result. */
export const weather = {
  name: 'weather',
  description: 'The weather in a city.',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
  run: ({ city }: { readonly city: string }) => `${city}: 12 °C, rain`,
} as const;
export const toolQuestion = 'What is the weather in Oslo and in Lima?';
export const toolAnswer = 'So: Oslo: 12 °C, rain / Lima: 12 °C, rain.';

/** What is asked for as JSON. */
export const place = { city: 'Oslo', celsius: 12 };
export const placeSchema = {
  type: 'object',
  properties: { city: { type: 'string' }, celsius: { type: 'number' } },
  required: ['city', 'celsius'],
  additionalProperties: false,
} as const;
export const jsonQuestion = 'Where is it cold? As JSON.';
