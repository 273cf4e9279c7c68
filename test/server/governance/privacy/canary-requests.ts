import type { Canary } from './canary.ts';

/** A request full of canaries. */
export interface Planted {
  readonly name: string;
  readonly path: string;
  readonly body: object;
}

/** One request of every client dialect, plain and streamed, for a model; canaries in every place that can hold a text. */
export function plantedRequests(model: string, canary: Canary): readonly Planted[] {
  const { text } = canary;
  return [false, true].flatMap((stream): Planted[] => {
    const how = stream ? ' streamed' : '';
    return [
      { name: `chat${how}`, path: '/v1/chat/completions', body: chat(model, stream, canary) },
      { name: `responses${how}`, path: '/v1/responses', body: responses(model, stream, canary) },
      { name: `messages${how}`, path: '/v1/messages', body: messages(model, stream, canary) },
      {
        name: `completions${how}`,
        path: '/v1/completions',
        body: { model, stream, prompt: text('prompt'), suffix: text('suffix'), user: text('user') },
      },
      {
        name: `google${how}`,
        path: `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse&note=' : 'generateContent?note='}${encodeURIComponent(text('query'))}`,
        body: google(canary),
      },
    ];
  });
}

/** What has no stream: embeddings, and counts of tokens. */
export function plantedQuestions(model: string, canary: Canary): readonly Planted[] {
  const { text } = canary;
  const counted = { contents: google(canary).contents };
  return [
    { name: 'embeddings', path: '/v1/embeddings', body: { model, input: [text('one'), text('two')] } },
    {
      name: 'count messages',
      path: '/v1/messages/count_tokens',
      body: { ...messages(model, false, canary), max_tokens: undefined },
    },
    { name: 'count responses', path: '/v1/responses/input_tokens', body: responses(model, false, canary) },
    { name: 'count google', path: `/v1beta/models/${model}:countTokens`, body: counted },
  ];
}

/** Bodies that are turned away before anybody reads them. */
export function brokenRequests(
  canary: Canary,
): readonly (Omit<Planted, 'body'> & { readonly body: string })[] {
  const { text } = canary;
  const path = '/v1/chat/completions';
  return [
    {
      name: 'half a body',
      path,
      body: `{"model":"auto","messages":[{"role":"user","content":${text('half')}`,
    },
    { name: 'no JSON', path, body: text('no JSON') },
    { name: 'a text', path, body: JSON.stringify(text('a text')) },
    { name: 'a text as messages', path, body: JSON.stringify({ model: 'auto', messages: text('messages') }) },
    { name: 'a text as model', path, body: JSON.stringify({ model: text('model'), messages: [] }) },
    {
      name: 'an unknown model',
      path,
      body: JSON.stringify({ model: 'none/such', messages: [{ role: 'user', content: text('unknown') }] }),
    },
    { name: 'another path', path: `/v1/${encodeURIComponent(text('path'))}`, body: '{}' },
  ];
}

function chat(model: string, stream: boolean, { text, image }: Canary) {
  return {
    model,
    stream,
    user: text('user'),
    safety_identifier: text('safety'),
    prompt_cache_key: text('cache key'),
    reasoning_effort: text('effort'),
    metadata: { note: text('metadata'), [text('metadata key')]: 'yes', tenant: 'acme' },
    [text('member')]: true,
    tools: [tool(text)],
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'x', schema: { type: 'object', description: text('schema') } },
    },
    messages: [
      { role: 'system', content: text('system') },
      {
        role: 'user',
        name: text('name'),
        content: [
          { type: 'text', text: text('user') },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } },
        ],
      },
      {
        role: 'assistant',
        content: text('assistant'),
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'look', arguments: JSON.stringify({ q: text('argument') }) },
          },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: text('tool result') },
      { role: 'user', content: text('last user') },
    ],
  };
}

function responses(model: string, stream: boolean, { text, image }: Canary) {
  return {
    model,
    stream,
    instructions: text('instructions'),
    metadata: { note: text('metadata') },
    tools: [{ type: 'function', name: 'look', description: text('tool'), parameters: { type: 'object' } }],
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: text('user') },
          { type: 'input_image', image_url: `data:image/png;base64,${image}` },
        ],
      },
      {
        type: 'function_call',
        call_id: 'c1',
        name: 'look',
        arguments: JSON.stringify({ q: text('argument') }),
      },
      { type: 'function_call_output', call_id: 'c1', output: text('tool result') },
      { role: 'user', content: text('last user') },
    ],
  };
}

function messages(model: string, stream: boolean, { text, image }: Canary) {
  return {
    model,
    stream,
    max_tokens: 100,
    system: [{ type: 'text', text: text('system'), cache_control: { type: 'ephemeral' } }],
    metadata: { user_id: text('user') },
    tools: [{ name: 'look', description: text('tool'), input_schema: { type: 'object' } }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: text('user') },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: image } },
        ],
      },
      {
        role: 'assistant',
        content: [{ type: 'tool_use', id: 't1', name: 'look', input: { q: text('argument') } }],
      },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: 't1', is_error: true, content: text('tool result') }],
      },
    ],
  };
}

function google({ text, image }: Canary) {
  return {
    systemInstruction: { parts: [{ text: text('system') }] },
    contents: [
      {
        role: 'user',
        parts: [{ text: text('user') }, { inlineData: { mimeType: 'image/png', data: image } }],
      },
      { role: 'model', parts: [{ functionCall: { name: 'look', args: { q: text('argument') } } }] },
      { role: 'user', parts: [{ functionResponse: { name: 'look', response: { said: text('result') } } }] },
      { role: 'user', parts: [{ text: text('last user') }] },
    ],
    labels: { note: text('label') },
  };
}

function tool(text: Canary['text']) {
  return {
    type: 'function',
    function: {
      name: 'look',
      description: text('tool'),
      parameters: { type: 'object', properties: { q: { type: 'string', description: text('parameter') } } },
    },
  };
}
