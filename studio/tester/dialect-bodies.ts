import type { RequestForm, TestDialect } from './request-draft.ts';

type Body = Readonly<Record<string, unknown>>;

/** The form as the body of a dialect. What a dialect has no words for is left out. */
export function bodyOf(form: RequestForm, dialect: TestDialect): Body {
  return { ...writers[dialect](form) };
}

const writers: Readonly<Record<TestDialect, (form: RequestForm) => Body>> = {
  'openai-chat': chatBody,
  'openai-responses': responsesBody,
  'anthropic-messages': anthropicBody,
  'google-generate': googleBody,
  'openai-completions': completionsBody,
};

/** One grey pixel: enough to be an image. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGM4AwAAzwDO1BXBIgAAAABJRU5ErkJggg==';
const pixelUrl = `data:image/png;base64,${pixel}`;
const emptySchema = { type: 'object', properties: {} } as const;
const answerSchema = {
  type: 'object',
  properties: { answer: { type: 'string' } },
  required: ['answer'],
  additionalProperties: false,
} as const;

function chatBody({ message, system, model, tools, maxOutputTokens, image, json }: RequestForm): Body {
  const content = image
    ? [
        { type: 'text', text: message },
        { type: 'image_url', image_url: { url: pixelUrl } },
      ]
    : message;
  return {
    model,
    messages: [...withSystem(system, { role: 'system', content: system }), { role: 'user', content }],
    ...(maxOutputTokens === null ? {} : { max_completion_tokens: maxOutputTokens }),
    ...toolList(tools, (name) => ({
      type: 'function',
      function: { name, description: 'A tool.', parameters: emptySchema },
    })),
    ...(json
      ? { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: answerSchema } } }
      : {}),
  };
}

function responsesBody({ message, system, model, tools, maxOutputTokens, image, json }: RequestForm): Body {
  const content = [
    { type: 'input_text', text: message },
    ...(image ? [{ type: 'input_image', image_url: pixelUrl }] : []),
  ];
  return {
    model,
    ...(system.trim() === '' ? {} : { instructions: system }),
    input: image ? [{ role: 'user', content }] : message,
    ...(maxOutputTokens === null ? {} : { max_output_tokens: maxOutputTokens }),
    ...toolList(tools, (name) => ({
      type: 'function',
      name,
      description: 'A tool.',
      parameters: emptySchema,
    })),
    ...(json ? { text: { format: { type: 'json_schema', name: 'answer', schema: answerSchema } } } : {}),
  };
}

function anthropicBody({ message, system, model, tools, maxOutputTokens, image, json }: RequestForm): Body {
  const source = { type: 'base64', media_type: 'image/png', data: pixel } as const;
  const content = image
    ? [
        { type: 'image', source },
        { type: 'text', text: message },
      ]
    : message;
  return {
    model,
    // The dialect demands a limit.
    max_tokens: maxOutputTokens ?? 1_024,
    ...(system.trim() === '' ? {} : { system }),
    messages: [{ role: 'user', content }],
    ...toolList(tools, (name) => ({ name, description: 'A tool.', input_schema: emptySchema })),
    ...(json ? { output_config: { format: { type: 'json_schema', schema: answerSchema } } } : {}),
  };
}

function googleBody({ message, system, model, tools, maxOutputTokens, image, json }: RequestForm): Body {
  const parts = [
    { text: message },
    ...(image ? [{ inlineData: { mimeType: 'image/png', data: pixel } }] : []),
  ];
  const config = {
    ...(maxOutputTokens === null ? {} : { maxOutputTokens }),
    ...(json ? { responseMimeType: 'application/json', responseJsonSchema: answerSchema } : {}),
  };
  return {
    // On the wire it stands in the URL.
    model,
    ...(system.trim() === '' ? {} : { systemInstruction: { parts: [{ text: system }] } }),
    contents: [{ role: 'user', parts }],
    ...(tools === 0
      ? {}
      : {
          tools: [
            {
              functionDeclarations: toolNames(tools).map((name) => ({
                name,
                description: 'A tool.',
                parameters: emptySchema,
              })),
            },
          ],
        }),
    ...(Object.keys(config).length === 0 ? {} : { generationConfig: config }),
  };
}

function completionsBody({ message, system, model, maxOutputTokens }: RequestForm): Body {
  return {
    model,
    prompt: system.trim() === '' ? message : `${system}\n\n${message}`,
    ...(maxOutputTokens === null ? {} : { max_tokens: maxOutputTokens }),
  };
}

function withSystem<T>(system: string, message: T): readonly T[] {
  return system.trim() === '' ? [] : [message];
}

function toolList(count: number, define: (name: string) => Body): Body {
  return count === 0 ? {} : { tools: toolNames(count).map(define) };
}

function toolNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `tool_${index + 1}`);
}
