import {
  at,
  counted,
  list,
  notSo,
  pieces,
  retryAfter,
  type Said,
  signature,
  slowDown,
  sse,
  textOf,
  thought,
  type UpstreamForm,
  type Wire,
} from '../words.ts';

const usageMetadata = {
  promptTokenCount: counted.input,
  cachedContentTokenCount: counted.cached,
  candidatesTokenCount: counted.output - counted.reasoning,
  thoughtsTokenCount: counted.reasoning,
  totalTokenCount: counted.input + counted.output,
};

/** generateContent. Calls are signed, the first of a turn at least. */
export const generateForm: UpstreamForm = {
  thinks: 'signed',
  countsReasoning: true,
  hear: hearGenerate,
  whole: (said) => answer(partsOf(said), 'STOP'),
  stream: (said) => {
    const parts = partsOf(said).flatMap((part): readonly object[] =>
      'text' in part && !('thought' in part) ? pieces(part.text).map((text) => ({ text })) : [part],
    );
    return parts.map((part, index) => sse(answer([part], index === parts.length - 1 ? 'STOP' : null)));
  },
  problem: (status) => {
    const error =
      status === 429
        ? { code: 429, message: slowDown, status: 'RESOURCE_EXHAUSTED', details: [retryInfo] }
        : { code: 400, message: notSo, status: 'INVALID_ARGUMENT' };
    return { body: { error } };
  },
};

const retryInfo = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfter}s` };

function answer(parts: readonly object[], finishReason: string | null) {
  const candidate = { content: { parts, role: 'model' }, index: 0 };
  return {
    candidates: [finishReason === null ? candidate : { ...candidate, finishReason }],
    usageMetadata,
    modelVersion: 'gemini',
    responseId: 'r1',
  };
}

function partsOf({ thought: thinking, text, calls = [] }: Said) {
  return [
    ...(thinking === undefined ? [] : [{ text: thinking, thought: true }]),
    ...(text === undefined ? [] : [{ text }]),
    ...calls.map(({ name, args }, index) => ({
      functionCall: { id: `fc${index}`, name, args },
      ...(index === 0 ? { thoughtSignature: signature } : {}),
    })),
  ];
}

function hearGenerate(body: Wire) {
  const parts = list(body.contents).flatMap((content) => list(content.parts));
  const calls = parts.filter(({ functionCall }) => functionCall !== undefined);
  const config = body.generationConfig;
  return {
    texts: JSON.stringify([body.systemInstruction, body.contents]),
    stream: false,
    images: parts.map((part) => textOf(at(part, 'inlineData', 'data'))).filter(Boolean),
    tools: list(body.tools)
      .flatMap(({ functionDeclarations }) => list(functionDeclarations))
      .map((tool) => ({ name: textOf(tool.name), schema: tool.parametersJsonSchema ?? tool.parameters })),
    // Vertex has no ids: calls and results belong together by their order.
    calls: calls.map((part, index) => ({
      id: textOf(at(part, 'functionCall', 'id')) || `#${index}`,
      name: textOf(at(part, 'functionCall', 'name')),
      args: at(part, 'functionCall', 'args'),
    })),
    results: parts
      .filter(({ functionResponse }) => functionResponse !== undefined)
      .map(({ functionResponse }, index) => ({
        id: textOf(at(functionResponse, 'id')) || `#${index}`,
        text: JSON.stringify(at(functionResponse, 'response')),
      })),
    schema: at(config, 'responseJsonSchema') ?? at(config, 'responseSchema') ?? null,
    asksThinking: at(config, 'thinkingConfig', 'includeThoughts') === true,
    thoughts: calls.some(({ thoughtSignature }) => thoughtSignature === signature) ? thought : '',
    marks: body.cachedContent !== undefined,
  };
}
