import { describe, expect, it } from 'vitest';
import { adminToken, anAttackedServer, hello, ours } from './a-target.ts';

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const deepObject = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const withMember = (json: string) =>
  `{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}],${json}}`;
const keys = (count: number) => Array.from({ length: count }, (_, index) => `"k${index}":${index}`).join(',');

const paths = [
  '/v1/chat/completions',
  '/v1/responses',
  '/v1/messages',
  '/v1/completions',
  '/v1/embeddings',
  '/v1beta/models/openai%2Fgpt-5-mini:generateContent',
  '/v1/messages/count_tokens',
];

/** A body of every shape that could hurt, each valid JSON. */
const bombs: readonly (readonly [string, string])[] = [
  ['nesting without end', deep(100_000)],
  ['a member of lists in lists', withMember(`"x":${deep(50_000)}`)],
  ['a member of objects in objects', withMember(`"tools":[${deepObject(50_000)}]`)],
  [
    'a message of lists in lists',
    `{"model":"openai/gpt-5-mini","max_tokens":5,"messages":[{"role":"user","content":${deep(50_000)}}],"input":${deep(50_000)},"contents":${deep(50_000)},"prompt":${deep(50_000)}}`,
  ],
  [
    'a schema of objects in objects',
    withMember(
      `"response_format":{"type":"json_schema","json_schema":{"name":"x","schema":${deepObject(20_000)}}}`,
    ),
  ],
  [
    'arguments of tools in depth',
    `{"model":"openai/gpt-5-mini","max_tokens":5,"messages":[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":${JSON.stringify(deepObject(50_000))}}}]}]}`,
  ],
  ['a hundred thousand members', withMember(keys(100_000))],
  ['a hundred thousand metadata', withMember(`"metadata":{${keys(100_000)}}`)],
  [
    'a hundred thousand messages',
    `{"model":"openai/gpt-5-mini","max_tokens":5,"messages":[${'{"role":"user","content":""},'.repeat(99_999)}{"role":"user","content":"x"}]}`,
  ],
  [
    'numbers beyond numbers',
    withMember(
      '"max_tokens":1e999,"max_completion_tokens":1e308,"n":1e400,"temperature":-1e999,"top_p":1e-999',
    ),
  ],
  ['a number of a million digits', withMember(`"max_tokens":${'9'.repeat(1_000_000)}`)],
  ['a key of a million characters', withMember(`"${'k'.repeat(1_000_000)}":1`)],
  [
    'prototypes',
    withMember(
      '"__proto__":{"polluted":"yes","role":"owner"},"constructor":{"prototype":{"polluted":"yes"}},"metadata":{"__proto__":"x","constructor":"y"}',
    ),
  ],
  ['lone surrogates and nulls', withMember('"user":"\\ud800\\u0000\\udfff","metadata":{"a":"\\u0000"}')],
];

describe('a body made to hurt', () => {
  it.each(bombs)(
    'is answered, as the client’s mistake or as what it says, and the next request is served: %s',
    { timeout: 60_000 },
    async (_, body) => {
      const { base, ask, log, open } = await anAttackedServer();
      const faults: string[] = [];
      for (const path of paths) {
        const answer = await fetch(base + path, {
          method: 'POST',
          headers: { authorization: `Bearer ${ours}` },
          body,
        });
        await answer.arrayBuffer();
        if (answer.status === 500) faults.push(path);
      }
      expect(faults).toEqual([]);
      expect((await ask(hello)).status).toBe(200);
      const { records } = await log.page({ limit: 100 });
      for (const record of records)
        for (const [name, value] of Object.entries(record))
          if (typeof value === 'number')
            expect([name, Number.isSafeInteger(Math.trunc(value))]).toEqual([name, true]);
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
      expect(open.installation.governance).toBeDefined();
    },
  );

  it('reaches no handler of the API: its depth, its members and its prototypes are told apart', async () => {
    const { call } = await anAttackedServer();
    const headers = { authorization: `Bearer ${adminToken}` };
    for (const body of [
      deep(100_000),
      deepObject(50_000),
      `{"text":"x","__proto__":{"polluted":"yes"},${keys(100_000)}}`,
      '{"__proto__":null}',
      '[]',
      '1',
      'null',
    ])
      for (const path of ['/api/check', '/api/decide', '/api/policies', '/api/keys', '/api/simulate']) {
        const { status } = await call('POST', path, body, headers);
        expect([path, status >= 400 && status < 500]).toEqual([path, true]);
      }
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});

describe('keys that stand twice', () => {
  it('are decided on and sent as one: nobody behind the gateway reads another model than it decided', async () => {
    const { ask, upstream } = await anAttackedServer();
    const answers = [
      await ask(
        '{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}],"model":"openai/gpt-5"}',
      ),
      await ask(
        '{"model":"openai/gpt-5-mini","messages":[{"role":"user","content":"Hi"}],"mod\\u0065l":"openai/gpt-5"}',
      ),
    ];
    for (const [index, answer] of answers.entries()) {
      const sent = upstream.seen[index]?.body ?? '';
      const models = [...sent.matchAll(/"mod(?:e|\\u0065)l"\s*:\s*"([^"]*)"/g)].map(
        ([, model]) => `openai/${model}`,
      );
      expect(new Set(models)).toEqual(new Set([answer.headers.get('x-waybill-target')]));
    }
  });
});
