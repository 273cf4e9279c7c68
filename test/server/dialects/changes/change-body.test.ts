import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialect } from '#engine/signals/index.ts';
import { changeBody } from '#server/dialects/changes/change-body.ts';
import { imageLeftOut } from '#server/dialects/changes/strip-images.ts';

const nothing = { system: '', images: 'keep', redact: [] } as const;
const everything = ['email', 'phone', 'card', 'iban', 'ip', 'secret'] as const;

function change(dialect: Dialect, body: string, changes: Partial<Parameters<typeof changeBody>[2]>) {
  const raw = Buffer.from(body);
  const changed = changeBody({ raw, wire: JSON.parse(body) }, dialect, { ...nothing, ...changes });
  return { text: changed.raw.toString('utf8'), wire: changed.wire, undone: changed.undone };
}

/** Bodies with `§` where a private thing can stand, in text that the model reads or that leaves with it. */
const bodies: Readonly<Record<Dialect, readonly string[]>> = {
  'openai-chat': [
    '{"model":"auto","n":1e0,"messages":[{"role":"system","content":"You are § ."},{"role":"user","content":[{"type":"text","text":"§ "},{"type":"text","text":"\\u00e4\\n"},{"type":"image_url","image_url":{"url":"https://x.test/a.png"}}]}],"user":"§"}',
    '{"messages" : [ {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"mail","arguments":"{\\"to\\":\\"§\\",\\"n\\":[1,2.50]}"}}]}, {"role":"tool","tool_call_id":"call_1","content":"{\\"found\\":[\\"§\\"]}"} ], "model":"auto"}',
    '{"model":"auto","messages":[{"role":"user","content":"no"}],"messages":[{"role":"user","content":"§"}],"metadata":{"name":"§"}}',
  ],
  'anthropic-messages': [
    '{"model":"auto","max_tokens":1e2,"system":[{"type":"text","text":"§","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":"§"}]}',
    '{"model":"auto","system":"§","messages":[{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"mail","input":{"name":"§","deep":[{"id":"§"}]}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":[{"type":"text","text":"ok §"}]},{"type":"document","source":{"data":"§","type":"text","media_type":"text/plain"}}]}]}',
  ],
  'openai-responses': [
    '{"model":"auto","instructions":"§","input":"§"}',
    '{"model":"auto","input":[{"role":"user","content":[{"type":"input_text","text":"§"}]},{"type":"function_call","call_id":"c","name":"f","arguments":"{\\"a\\":\\"§\\"}"},{"type":"function_call_output","call_id":"c","output":"§"},{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"§"}]}]}',
  ],
  'google-generate': [
    '{"systemInstruction":{"parts":[{"text":"§"}]},"contents":[{"role":"user","parts":[{"text":"§"},{"inlineData":{"mimeType":"image/png","data":"aGk="}}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{"name":"§"}}}]},{"role":"user","parts":[{"functionResponse":{"name":"f","response":{"url":"§"}}}]}]}',
  ],
  'openai-completions': ['{"model":"auto","prompt":["§","b"],"suffix":"§"}'],
  'openai-embeddings': ['{"model":"auto","input":["§ a","b"]}', '{"model":"auto","input":"§"}'],
};

const secrets = fc.oneof(
  fc.constantFrom(
    ['jane.doe+x@mail.example.com', '[email]'],
    ['4111 1111 1111 1111', '[card]'],
    ['DE89370400440532013000', '[iban]'],
    ['203.0.113.77', '[ip]'],
    ['sk-proj-a1B2c3D4e5F6g7H8i9J0k1L2', '[secret]'],
    ['ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8', '[secret]'],
    ['+49 151 23456789', '[phone]'],
  ),
);
const cases = Object.entries(bodies).flatMap(([dialect, list]) =>
  list.map((body) => [dialect as Dialect, body] as const),
);

describe('private things in a body', () => {
  it('never get past, and every byte that is not part of one stays', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(secrets, { minLength: 8, maxLength: 8 }),
        (one, found) => {
          const [dialect, template] = one;
          let turn = 0;
          const fill = (part: 0 | 1) => {
            turn = 0;
            return template.replaceAll('§', () => `x: ${found[turn++ % 8]?.[part]} .`);
          };
          const { text, wire } = change(dialect, fill(0), { redact: everything });
          expect(text).toBe(fill(1));
          expect(wire).toEqual(JSON.parse(text));
        },
      ),
    );
  });

  it('leave a body without any as it is, to the byte', () => {
    for (const [dialect, template] of cases) {
      const raw = Buffer.from(template.replaceAll('§', 'nothing'));
      const wire = JSON.parse(raw.toString('utf8'));
      expect(changeBody({ raw, wire }, dialect, { ...nothing, redact: everything }).raw).toBe(raw);
    }
  });

  it('that are not asked for stay', () => {
    const body = '{"model":"m","messages":[{"role":"user","content":"a@b.example 203.0.113.77"}]}';
    expect(change('openai-chat', body, { redact: ['ip'] }).text).toBe(body.replace('203.0.113.77', '[ip]'));
  });

  it('are found behind escapes, and as numbers and keys of a tool’s arguments, which stay JSON', () => {
    const body = String.raw`{"model":"m","messages":[{"role":"user","content":"a\u0040b.example"},{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"card\":4111111111111111,\"a@b.example\":1}"}}]}]}`;
    const { wire } = change('openai-chat', body, { redact: everything });
    const [user, assistant] = wire.messages as [
      { content: string },
      { tool_calls: [{ function: { arguments: string } }] },
    ];
    expect(user.content).toBe('[email]');
    expect(JSON.parse(assistant.tool_calls[0].function.arguments)).toEqual({ card: '[card]', '[email]': 1 });
  });

  it('are told by the name of their setting where they have no form of their own', () => {
    const key = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEYab';
    const body = `{"model":"m","max_tokens":1,"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"secret_access_key":"${key}"}}]}]}`;
    expect(change('anthropic-messages', body, { redact: ['secret'] }).text).not.toContain(key);
  });

  it('leave ids, names of tools and media alone, and break the seal of a thought that held one', () => {
    const body =
      '{"model":"m","messages":[{"role":"assistant","content":[{"type":"thinking","signature":"abc","thinking":"mail a@b.example"},{"type":"thinking","signature":"def","thinking":"fine"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"4111111111111111"}},{"type":"tool_use","id":"4111111111111111","name":"f","input":{}}]}]}';
    expect(change('anthropic-messages', body, { redact: everything }).text).toBe(
      body.replace('"abc"', '""').replace('a@b.example', '[email]'),
    );
  });

  it('are looked for in one pass, however deep a body is', () => {
    const deep = `${'['.repeat(200_000)}"a@b.example"${']'.repeat(200_000)}`;
    const raw = Buffer.from(`{"model":"m","messages":${deep}}`);
    const { raw: changed } = changeBody({ raw, wire: { model: 'm' } }, 'openai-chat', {
      ...nothing,
      redact: ['email'],
    });
    expect(changed.includes('[email]')).toBe(true);
  });
});

describe('images that a policy leaves out', () => {
  const cases: readonly (readonly [Dialect, string, string])[] = [
    [
      'openai-chat',
      '{"messages":[{"role":"user","content":[{"type":"text","text":"look"}, {"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}}]}]}',
      `{"messages":[{"role":"user","content":[{"type":"text","text":"look"}, {"type":"text","text":"${imageLeftOut}"}]}]}`,
    ],
    [
      'openai-responses',
      '{"input":[{"role":"user","content":[{"type":"input_image","image_url":"https://x.test/a.png"}]},{"type":"function_call_output","call_id":"c","output":[{"type":"input_image","file_id":"f"}]}]}',
      `{"input":[{"role":"user","content":[{"type":"input_text","text":"${imageLeftOut}"}]},{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"${imageLeftOut}"}]}]}`,
    ],
    [
      'anthropic-messages',
      '{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"aGk="},"cache_control":{"type":"ephemeral"}}]}]}],"tools":[{"name":"t","input_schema":{"type":"object"}}]}',
      `{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"${imageLeftOut}","cache_control":{"type":"ephemeral"}}]}]}],"tools":[{"name":"t","input_schema":{"type":"object"}}]}`,
    ],
    [
      'google-generate',
      '{"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"aGk="}},{"file_data":{"mime_type":"application/pdf","file_uri":"f"}},{"file_data":{"mime_type":"image/webp","file_uri":"f"}}]}]}',
      `{"contents":[{"role":"user","parts":[{"text":"${imageLeftOut}"},{"file_data":{"mime_type":"application/pdf","file_uri":"f"}},{"text":"${imageLeftOut}"}]}]}`,
    ],
  ];
  it.each(cases)('are replaced by a text in %s', (dialect, body, expected) => {
    expect(change(dialect, body, { images: 'strip' }).text).toBe(expected);
  });

  it('are not looked for in the arguments of a tool', () => {
    const body =
      '{"messages":[{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"draw","input":{"type":"image"}}]}]}';
    expect(change('anthropic-messages', body, { images: 'strip' }).text).toBe(body);
  });
});

describe('a system prompt that a policy puts in front', () => {
  const cases: readonly (readonly [Dialect, string, string])[] = [
    [
      'openai-chat',
      '{"messages": [{"role":"user","content":"a"}]}',
      '{"messages": [{"role":"system","content":"Be kind."},{"role":"user","content":"a"}]}',
    ],
    [
      'openai-chat',
      '{"messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"a"}]}',
      '{"messages":[{"role":"developer","content":"Be kind.\\n\\nBe brief."},{"role":"user","content":"a"}]}',
    ],
    [
      'openai-chat',
      '{"messages":[{"role":"system","content":[{"type":"text","text":"b"}]}]}',
      '{"messages":[{"role":"system","content":[{"type":"text","text":"Be kind."},{"type":"text","text":"b"}]}]}',
    ],
    ['anthropic-messages', '{"messages":[]}', '{"messages":[],"system":"Be kind."}'],
    ['anthropic-messages', '{"system":"b","x":1.0}', '{"system":"Be kind.\\n\\nb","x":1.0}'],
    [
      'anthropic-messages',
      '{"system":[ {"type":"text","text":"b"}]}',
      '{"system":[{"type":"text","text":"Be kind."},{"type":"text","text":"b"}]}',
    ],
    ['openai-responses', '{"input":"a","instructions":null}', '{"input":"a","instructions":"Be kind."}'],
    ['openai-responses', '{"instructions":"b"}', '{"instructions":"Be kind.\\n\\nb"}'],
    [
      'google-generate',
      '{"contents":[]}',
      '{"contents":[],"systemInstruction":{"parts":[{"text":"Be kind."}]}}',
    ],
    [
      'google-generate',
      '{"system_instruction":{"parts":[{"text":"b"}],"role":"user"}}',
      '{"system_instruction":{"parts":[{"text":"Be kind."},{"text":"b"}],"role":"user"}}',
    ],
  ];
  it.each(cases)('joins the client’s own in %s: %s', (dialect, body, expected) => {
    expect(change(dialect, body, { system: 'Be kind.' })).toMatchObject({ text: expected, undone: [] });
  });

  it.each(['openai-completions', 'openai-embeddings'] as const)('is named as dropped by %s', (dialect) => {
    const body = '{"prompt":"a"}';
    expect(change(dialect, body, { system: 'Be kind.' })).toMatchObject({
      text: body,
      undone: ['policy.system'],
    });
  });

  it('is the policy’s own text, so nothing is taken out of it', () => {
    const { text } = change('anthropic-messages', '{"messages":[{"role":"user","content":"a@b.example"}]}', {
      system: 'Write to help@shop.example.',
      redact: ['email'],
    });
    expect(text).toContain('help@shop.example');
    expect(text).not.toContain('a@b.example');
  });
});
