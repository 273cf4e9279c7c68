import {
  type Ask,
  at,
  type ClientForm,
  type Got,
  instruction,
  list,
  numberOf,
  placeSchema,
  png,
  question,
  resultOf,
  textOf,
  type Wire,
  weather,
} from '../words.ts';

export const googleClient: ClientForm = {
  dialect: 'google-generate',
  without: [],
  countsReasoning: true,
  path: (model, stream) =>
    `/v1beta/models/${encodeURIComponent(model)}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
  body: (ask) => ({
    systemInstruction: { parts: [{ text: instruction }] },
    contents: [
      { role: 'user', parts: [...(ask.image === true ? [imagePart] : []), { text: question }] },
      ...(ask.after === undefined ? [] : turnsAfter(ask.after)),
    ],
    ...settingsOf(ask),
  }),
  read: readAnswer,
  join: (events) => {
    const parts = events.flatMap((event) => list(at(event, 'candidates', 0, 'content', 'parts')));
    const pieces = parts.filter((part) => part.thought !== true).map(({ text }) => textOf(text));
    const finishReason = events.map((event) => at(event, 'candidates', 0, 'finishReason')).find(Boolean);
    const { usageMetadata } = events.at(-1) ?? {};
    return {
      whole: { candidates: [{ content: { role: 'model', parts }, finishReason }], usageMetadata },
      pieces: pieces.filter(Boolean),
    };
  },
  kindOf: (error) => textOf(at(error, 'error', 'status')),
  kinds: { 400: /^INVALID_ARGUMENT$/, 429: /^RESOURCE_EXHAUSTED$/ },
};

const imagePart = { inlineData: { mimeType: 'image/png', data: png } };

function settingsOf({ tools, schema, think, mark }: Ask): object {
  const { name, description, schema: parametersJsonSchema } = weather;
  const generationConfig = {
    ...(schema === true ? { responseMimeType: 'application/json', responseJsonSchema: placeSchema } : {}),
    ...(think === true ? { thinkingConfig: { thinkingLevel: 'high', includeThoughts: true } } : {}),
  };
  return {
    ...(tools === true
      ? { tools: [{ functionDeclarations: [{ name, description, parametersJsonSchema }] }] }
      : {}),
    ...(schema === true || think === true ? { generationConfig } : {}),
    ...(mark === true ? { cachedContent: 'cachedContents/lighthouses' } : {}),
  };
}

function turnsAfter({ turn, calls }: Got): readonly unknown[] {
  const parts = calls.map(({ id, name, args }) => ({
    functionResponse: { id, name, response: { output: resultOf(textOf(at(args, 'city'))) } },
  }));
  return [turn, { role: 'user', parts }];
}

function readAnswer(answer: Wire): Got {
  const content = at(answer, 'candidates', 0, 'content');
  const parts = list(at(content, 'parts'));
  const joined = (thoughts: boolean) =>
    parts.map((part) => ((part.thought === true) === thoughts ? textOf(part.text) : '')).join('');
  const count = (key: string) => numberOf(at(answer.usageMetadata, key));
  const reasoning = count('thoughtsTokenCount');
  return {
    text: joined(false),
    thought: joined(true),
    calls: parts
      .filter(({ functionCall }) => functionCall !== undefined)
      .map(({ functionCall }) => ({
        id: textOf(at(functionCall, 'id')),
        name: textOf(at(functionCall, 'name')),
        args: at(functionCall, 'args'),
      })),
    usage: {
      input: count('promptTokenCount'),
      cached: count('cachedContentTokenCount'),
      output: count('candidatesTokenCount') + reasoning,
      reasoning,
    },
    complete: at(answer, 'candidates', 0, 'finishReason') === 'STOP',
    turn: content,
  };
}
