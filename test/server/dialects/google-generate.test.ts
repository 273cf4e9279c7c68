import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FrameCutter } from '#server/dialects/event-frames.ts';
import { googleGenerate, googleGenerateArray } from '#server/dialects/google-generate/index.ts';
import { isWireObject } from '#server/dialects/wire-value.ts';

const url = { model: 'auto', stream: false };
const hints = { bytes: 10, session: 's', user: 'u', url };
const hello = [{ role: 'user', parts: [{ text: 'Hello' }] }];

function read(body: object, own: object = {}) {
  const reading = googleGenerate.readRequest({ contents: hello, ...body }, { ...hints, ...own });
  if (reading.kind === 'bad') throw new Error(`${reading.param}: ${reading.message}`);
  return reading.request;
}

function change(text: string, parameters: object, more: object = {}) {
  const wire: unknown = JSON.parse(text);
  if (!isWireObject(wire)) throw new Error('no object');
  const changes = {
    model: 'gemini-2.5-flash',
    parameters,
    lengthField: 'max_completion_tokens' as const,
    ...more,
  };
  return googleGenerate.changeRequest(Buffer.from(text), { ...wire, ...url }, changes).toString();
}

function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}

function readStream(name: string) {
  const reader = googleGenerate.makeStreamReader({});
  const kinds = new FrameCutter().push(Buffer.from(fixture(name))).map((frame) => reader.read(frame).kind);
  return { reader, kinds };
}

describe('reading a generateContent request', () => {
  it('takes model and stream from the URL, else from the body of a file', () => {
    expect(read({})).toMatchObject({ model: 'auto', stream: false, session: 's', user: 'u' });
    expect(read({}, { url: { model: 'openai/gpt-5-mini', stream: true } })).toMatchObject({
      model: 'openai/gpt-5-mini',
      stream: true,
    });
    const reading = googleGenerate.readRequest(
      { contents: hello, model: 'models/gemini-3-pro' },
      { bytes: 1, session: '', user: '' },
    );
    expect(reading).toMatchObject({ kind: 'ok', request: { model: 'gemini-3-pro' } });
  });

  it('reads turns, calls, results, pictures, sound and files', () => {
    const { messages } = read({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        {
          role: 'user',
          parts: [
            { text: 'What is this?' },
            { inlineData: { mimeType: 'image/png', data: 'AA==' } },
            { inline_data: { mime_type: 'audio/wav', data: 'AA==' } },
            { fileData: { mimeType: 'application/pdf', fileUri: 'https://x.test/a.pdf' } },
          ],
        },
        { role: 'model', parts: [{ functionCall: { name: 'look', args: { a: 1 } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'look', response: { error: 'dark' } } }] },
      ],
    });
    expect(messages).toMatchObject([
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: 'What is this?', images: 1, audio: 1, files: 1 },
      { role: 'assistant', text: 'look {"a":1}', toolCalls: 1 },
      { role: 'tool', text: '{"error":"dark"}', toolResults: ['failed'] },
    ]);
  });

  it('knows tools, limit, schema and effort, in either spelling', () => {
    const camel = read({
      tools: [{ functionDeclarations: [{ name: 'look' }, { name: 'hear' }] }, { googleSearch: {} }],
      generationConfig: {
        maxOutputTokens: 50,
        responseMimeType: 'application/json',
        responseSchema: { type: 'OBJECT' },
        thinkingConfig: { thinkingBudget: 0 },
      },
    });
    expect(camel).toMatchObject({
      tools: ['look', 'hear', 'googleSearch'],
      maxOutputTokens: 50,
      jsonOutput: true,
      jsonSchema: true,
      reasoningEffort: 'none',
    });
    const snake = read({
      tools: [{ function_declarations: [{ name: 'look' }] }],
      generation_config: { max_output_tokens: 50, thinking_config: { thinking_level: 'HIGH' } },
    });
    expect(snake).toMatchObject({ tools: ['look'], maxOutputTokens: 50, reasoningEffort: 'high' });
  });

  it.each([
    [{ contents: [] }, 'contents'],
    [{ contents: [{ role: 'user' }] }, 'contents.0'],
  ])('says what is wrong with %j', (body, param) => {
    expect(googleGenerate.readRequest(body, hints)).toMatchObject({ kind: 'bad', param });
  });
});

describe('changing a generateContent request', () => {
  it('touches no byte where the policy changes nothing', () => {
    const text = '{ "contents" : [ {"parts":[{"text":"é 1.0"}]} ], "x": 12345678901234567890 }';
    expect(change(text, {})).toBe(text);
  });

  it('caps, cools and limits thinking in the spelling of the client', () => {
    const changed = change('{"contents":[],"generation_config":{"max_output_tokens":900,"top_k":3}}', {
      max_output_tokens: 100,
      temperature: 0.2,
      reasoning_effort: 'low',
    });
    expect(JSON.parse(changed)).toEqual({
      contents: [],
      generation_config: {
        maxOutputTokens: 100,
        topK: 3,
        temperature: 0.2,
        thinkingConfig: { thinkingBudget: 1_024 },
      },
    });
  });

  it('states effort as a level to models that know levels, and never both', () => {
    const text =
      '{"contents":[],"generationConfig":{"thinkingConfig":{"thinkingBudget":5,"includeThoughts":true}}}';
    const changed = JSON.parse(change(text, { reasoning_effort: 'none' }, { model: 'gemini-3-pro' }));
    expect(changed.generationConfig.thinkingConfig).toEqual({
      includeThoughts: true,
      thinkingLevel: 'minimal',
    });
  });

  it('caps both spellings where a client writes both', () => {
    const text =
      '{"generationConfig":{"maxOutputTokens":9},"generation_config":{"max_output_tokens":99},"contents":[]}';
    const capped = { maxOutputTokens: 5 };
    expect(JSON.parse(change(text, { max_output_tokens: 5 }))).toEqual({
      generationConfig: capped,
      generation_config: capped,
      contents: [],
    });
  });

  it('lets no model in the body stand beside the one in the URL', () => {
    expect(JSON.parse(change('{"contents":[],"model":"models/other"}', {})).model).toBe(
      'models/gemini-2.5-flash',
    );
  });

  it('tells a translator model and stream, which has no URL', () => {
    const changed = JSON.parse(change('{"contents":[]}', {}, { translated: true, model: 'gpt' }));
    expect(changed).toEqual({ contents: [], model: 'gpt', stream: false });
  });
});

describe('reading Google’s answers along', () => {
  it('knows the end, the usage and the length of a text', () => {
    const { reader, kinds } = readStream('google-text.sse');
    expect(kinds).toEqual(['content', 'content', 'content']);
    expect(reader.finished).toBe(true);
    expect(reader.outputCharacters).toBe('Grüße aus Wien 🎡.'.length);
    expect(reader.usage).toMatchObject({
      inputTokens: 20,
      cacheReadTokens: 100,
      outputTokens: 9,
      reasoningTokens: 30,
    });
  });

  it('is not finished before the finish reason, and finished by a blocked prompt', () => {
    const reader = googleGenerate.makeStreamReader({});
    const [first] = new FrameCutter().push(Buffer.from(fixture('google-tools.sse')));
    reader.read(first ?? Buffer.alloc(0));
    expect(reader.finished).toBe(false);
    expect(readStream('google-tools.sse').reader.finished).toBe(true);
    expect(readStream('google-blocked.sse')).toMatchObject({
      kinds: ['content'],
      reader: { finished: true },
    });
  });

  it('hears an error in the middle', () => {
    expect(readStream('google-error.sse').kinds).toEqual(['content', 'error']);
  });

  it.each([
    [400, { status: 'INVALID_ARGUMENT', message: 'Bad field.' }, 'invalid_request'],
    [400, { status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }] }, 'auth'],
    [
      400,
      {
        status: 'INVALID_ARGUMENT',
        message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).',
      },
      'context_length',
    ],
    [400, { status: 'FAILED_PRECONDITION' }, 'unavailable'],
    [403, { status: 'PERMISSION_DENIED' }, 'auth'],
    [429, { status: 'RESOURCE_EXHAUSTED' }, 'rate_limit'],
    [503, { status: 'UNAVAILABLE' }, 'server_error'],
    [504, { status: 'DEADLINE_EXCEEDED' }, 'timeout'],
    [500, {}, 'server_error'],
  ])('classes %i %j as %s', (status, error, expected) => {
    expect(googleGenerate.classifyError(status, { error })).toBe(expected);
    expect(googleGenerate.classifyError(status, [{ error }])).toBe(expected);
  });

  it('writes errors as google.rpc.Status', () => {
    const problem = {
      status: 404,
      code: 'model_not_found',
      message: 'No.',
      param: 'model',
      requestId: 'r-1',
    };
    expect(JSON.parse(googleGenerate.errorBody(problem))).toEqual({
      error: {
        code: 404,
        message: 'No.',
        status: 'NOT_FOUND',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'MODEL_NOT_FOUND',
            domain: 'waybill',
            metadata: { request_id: 'r-1', field: 'model' },
          },
        ],
      },
    });
  });
});

describe('a stream as an array', () => {
  it.each(['google-text.sse', 'google-error.sse'])('holds every chunk of %s in one JSON list', (name) => {
    const framing = googleGenerateArray.makeFraming?.();
    if (framing === undefined) throw new Error('no framing');
    const frames = new FrameCutter().push(Buffer.from(fixture(name)));
    const bytes = [...frames.map((frame) => framing.push(frame)), framing.end()];
    const chunks: unknown = JSON.parse(Buffer.concat(bytes).toString());
    expect(chunks).toEqual(frames.map((frame) => JSON.parse(frame.toString().slice('data: '.length))));
  });

  it('is an empty list where nothing came', () => {
    expect(JSON.parse(googleGenerateArray.makeFraming?.().end().toString() ?? '')).toEqual([]);
  });
});
