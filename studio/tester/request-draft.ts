/** The dialects a test request may be written in. */
export type TestDialect = 'openai-chat' | 'anthropic-messages';

/** A request as the form has it. */
export interface RequestForm {
  readonly message: string;
  readonly system: string;
  readonly model: string;
  /** How many tools are offered; their definitions are made up. */
  readonly tools: number;
  readonly maxOutputTokens: number | null;
}

export const emptyForm: RequestForm = {
  message: 'Write a function that checks whether a number is prime.',
  system: '',
  model: 'auto',
  tools: 0,
  maxOutputTokens: null,
};

/** The form as the body of a dialect. */
export function bodyOf(form: RequestForm, dialect: TestDialect): Readonly<Record<string, unknown>> {
  return dialect === 'openai-chat' ? openaiBody(form) : anthropicBody(form);
}

function openaiBody({
  message,
  system,
  model,
  tools,
  maxOutputTokens,
}: RequestForm): Readonly<Record<string, unknown>> {
  return {
    model,
    messages: [
      ...(system.trim() === '' ? [] : [{ role: 'system', content: system }]),
      { role: 'user', content: message },
    ],
    ...(maxOutputTokens === null ? {} : { max_completion_tokens: maxOutputTokens }),
    ...(tools === 0
      ? {}
      : {
          tools: toolNames(tools).map((name) => ({
            type: 'function',
            function: { name, description: 'A tool.', parameters: emptySchema },
          })),
        }),
  };
}

function anthropicBody({
  message,
  system,
  model,
  tools,
  maxOutputTokens,
}: RequestForm): Readonly<Record<string, unknown>> {
  return {
    model,
    // The dialect demands a limit.
    max_tokens: maxOutputTokens ?? 1_024,
    ...(system.trim() === '' ? {} : { system }),
    messages: [{ role: 'user', content: message }],
    ...(tools === 0
      ? {}
      : {
          tools: toolNames(tools).map((name) => ({
            name,
            description: 'A tool.',
            input_schema: emptySchema,
          })),
        }),
  };
}

const emptySchema = { type: 'object', properties: {} } as const;

function toolNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `tool_${index + 1}`);
}

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
