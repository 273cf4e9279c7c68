export { bodyOf } from './dialect-bodies.ts';

/** The dialects a test request may be written in, as people call them. */
export const testDialects = {
  'openai-chat': 'OpenAI Chat',
  'openai-responses': 'OpenAI Responses',
  'anthropic-messages': 'Anthropic Messages',
  'google-generate': 'Google Gemini',
  'openai-completions': 'OpenAI Completions',
} as const;
export type TestDialect = keyof typeof testDialects;

export function isTestDialect(name: string | null): name is TestDialect {
  return name !== null && Object.hasOwn(testDialects, name);
}

/** A request as the form has it. */
export interface RequestForm {
  readonly message: string;
  readonly system: string;
  readonly model: string;
  /** How many tools are offered; their definitions are made up. */
  readonly tools: number;
  readonly maxOutputTokens: number | null;
  /** Whether an image comes along: one pixel. */
  readonly image: boolean;
  /** Whether an answer by a JSON schema is asked for. */
  readonly json: boolean;
}

export const emptyForm: RequestForm = {
  message: 'Write a function that checks whether a number is prime.',
  system: '',
  model: 'auto',
  tools: 0,
  maxOutputTokens: null,
  image: false,
  json: false,
};

export type BodyText =
  | { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'bad'; readonly message: string };

/** Reads a body from its text. */
export function readBodyText(text: string): BodyText {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return {
        kind: 'bad',
        message: 'A request body is a JSON object, such as {"model": "auto", "messages": […]}.',
      };
    }
    return { kind: 'ok', body: { ...value } };
  } catch (error) {
    return {
      kind: 'bad',
      message: `This is not JSON: ${error instanceof Error ? error.message : 'unreadable'}.`,
    };
  }
}
