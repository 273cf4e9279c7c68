import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnswerEvent,
  AnthropicEventWriter,
  OpenAiEventWriter,
  ResponseEventWriter,
} from '#server/dialects/translate/index.ts';
import { clientForms } from '#server/dialects/translate/wire-form.ts';
import { hearGoogle } from './hear-google.ts';
import { hearResponses } from './hear-responses.ts';
import { type Heard, hearAnthropic, hearOpenAi } from './legality.ts';
import { aCall, cuts, framesOf, someOptions, translateStream } from './stream-tools.ts';

/** A stream of OpenAI chunks whose text, thinking and tool calls grow in turns, and what it says. */
const interleaved = fc
  .record({
    text: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { maxLength: 6 }),
    thinking: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), { maxLength: 6 }),
    tools: fc.array(
      fc.record({
        input: fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
        pieces: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }),
        empty: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    turns: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
    framing: fc.constantFrom('\n', '\r\n'),
  })
  .map(({ text, thinking, tools, turns, framing }) => {
    const json = tools.map((tool) => (tool.empty ? '' : JSON.stringify(tool.input)));
    const queues: object[][] = [
      text.map((content) => ({ content })),
      thinking.map((reasoning_content) => ({ reasoning_content })),
      ...tools.map((tool, index) => callDeltas(index, json[index]!, tool.pieces)),
    ];
    const deltas: object[] = [];
    for (let at = 0; queues.some((queue) => queue.length > 0); at += 1) {
      const ready = queues.filter((queue) => queue.length > 0);
      deltas.push(ready[turns[at % turns.length]! % ready.length]!.shift()!);
    }
    const said = { text: text.join(''), thinking: thinking.join(''), json };
    return { bytes: chunksOf(deltas, tools.length > 0, framing), said };
  });

function callDeltas(index: number, json: string, pieces: readonly number[]): object[] {
  const begin = {
    index,
    id: `call_${index}`,
    type: 'function',
    function: { name: `f${index}`, arguments: '' },
  };
  const deltas: object[] = [{ tool_calls: [begin] }];
  let at = 0;
  for (const length of [...pieces, json.length]) {
    const piece = json.slice(at, at + length);
    at += length;
    if (piece !== '') deltas.push({ tool_calls: [{ index, function: { arguments: piece } }] });
  }
  return deltas;
}

function chunksOf(deltas: readonly object[], tools: boolean, framing: string): Buffer {
  const chunk = (delta: object, finish_reason: string | null) =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}`;
  const lines = [
    chunk({ role: 'assistant', content: '' }, null),
    ...deltas.map((delta) => chunk(delta, null)),
    chunk({}, tools ? 'tool_calls' : 'stop'),
    'data: {"id":"c","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}}',
    'data: [DONE]',
  ];
  return Buffer.from(lines.map((line) => line + framing + framing).join(''));
}

/** What each call was given: the calls stand in the order in which they began. */
const byName = (heard: Heard) => Object.fromEntries(heard.calls.map((call) => [call.name, call.json]));
const callsOf = (json: readonly string[]) =>
  Object.fromEntries(json.map((text, index) => [`f${index}`, text || '{}']));

/** Arguments as a client prints them that got them as an object. */
const reprinted = (calls: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(calls).map(([name, json]) => [name, JSON.stringify(JSON.parse(json))]));

/** A stream of text completions as a client puts it together. */
function hearCompletion(text: string) {
  const frames = framesOf(text).map(({ data }) => data);
  if (frames.pop() !== '[DONE]') throw new Error('Illegal: no [DONE] at the end');
  const heard = { text: '', finish: '', tokens: 0 };
  for (const frame of frames) {
    const { object, choices, usage } = JSON.parse(frame);
    if (object !== 'text_completion') throw new Error(`Illegal: a ${object}`);
    heard.tokens = usage?.total_tokens ?? heard.tokens;
    for (const choice of choices) {
      if (heard.finish !== '') throw new Error('Illegal: text after the finish');
      heard.text += choice.text;
      heard.finish = choice.finish_reason ?? '';
    }
  }
  return heard;
}

describe('any interleaving of text, thinking and parallel tool calls, cut anywhere', () => {
  const run = interleaved.chain(({ bytes, said }) =>
    fc.tuple(fc.constant(bytes), fc.constant(said), cuts(bytes)),
  );

  it('becomes a legal Anthropic stream that says the same, whose tool inputs parse', () => {
    fc.assert(
      fc.property(run, ([, said, chunks]) => {
        const { text } = translateStream(aCall('anthropic-messages', 'openai-chat'), chunks);
        const heard = hearAnthropic(text);
        expect(heard).toMatchObject({
          ending: 'complete',
          text: said.text,
          thinking: said.thinking,
          stopReason: said.json.length > 0 ? 'tool_use' : 'end_turn',
          usage: { input_tokens: 5, output_tokens: 7 },
        });
        expect(byName(heard)).toEqual(callsOf(said.json));
        for (const { json } of heard.calls) expect(typeof JSON.parse(json)).toBe('object');
      }),
      { numRuns: 300 },
    );
  });

  it('becomes a legal stream of response events that says the same, and ends in all of it', () => {
    fc.assert(
      fc.property(run, ([, said, chunks]) => {
        const { text } = translateStream(aCall('openai-responses', 'openai-chat'), chunks);
        const heard = hearResponses(text);
        expect(heard).toMatchObject({
          ending: 'complete',
          text: said.text,
          thinking: said.thinking,
          stopReason: 'completed',
          usage: { input_tokens: 5, output_tokens: 7, total_tokens: 12 },
        });
        expect(byName(heard)).toEqual(callsOf(said.json));
      }),
      { numRuns: 300 },
    );
  });

  it('becomes a legal stream of Google’s that says the same, with every call whole', () => {
    const shown = { generationConfig: { thinkingConfig: { includeThoughts: true } } };
    fc.assert(
      fc.property(run, fc.boolean(), ([, said, chunks], show) => {
        const call = aCall('google-generate', 'openai-chat', show ? shown : {});
        const heard = hearGoogle(translateStream(call, chunks).text);
        expect(heard).toMatchObject({
          ending: 'complete',
          text: said.text,
          thinking: show ? said.thinking : '',
          stopReason: 'STOP',
          usage: { promptTokenCount: 5, candidatesTokenCount: 7, totalTokenCount: 12 },
        });
        expect(byName(heard)).toEqual(reprinted(callsOf(said.json)));
        expect(heard.calls.map(({ name }) => name).toSorted()).toEqual(Object.keys(callsOf(said.json)));
      }),
      { numRuns: 300 },
    );
  });

  it('becomes a legal stream of text completions that says the same text', () => {
    fc.assert(
      fc.property(run, ([, said, chunks]) => {
        const call = aCall('openai-completions', 'openai-chat', { stream_options: { include_usage: true } });
        const heard = hearCompletion(translateStream(call, chunks).text);
        expect(heard).toEqual({ text: said.text, finish: 'stop', tokens: 12 });
      }),
      { numRuns: 200 },
    );
  });

  it('comes back from Anthropic to OpenAI as the same answer', () => {
    fc.assert(
      fc.property(run, ([, said, chunks]) => {
        const there = translateStream(aCall('anthropic-messages', 'openai-chat'), chunks).text;
        const back = translateStream(aCall('openai-chat', 'anthropic-messages'), [Buffer.from(there)]);
        const heard = hearOpenAi(back.text);
        expect(heard).toMatchObject({ ending: 'complete', text: said.text, thinking: said.thinking });
        expect(byName(heard)).toEqual(callsOf(said.json));
        expect(back.stream.usage).toMatchObject({ inputTokens: 5, outputTokens: 7 });
      }),
      { numRuns: 100 },
    );
  });
});

describe('an Anthropic stream cut anywhere', () => {
  const run = interleaved
    .map(({ bytes, said }) => {
      const { text } = translateStream(aCall('anthropic-messages', 'openai-chat'), [bytes]);
      return { bytes: Buffer.from(text), said };
    })
    .chain(({ bytes, said }) => fc.tuple(fc.constant(said), cuts(bytes)));

  it('becomes a legal OpenAI stream and a legal stream of response events that say the same', () => {
    fc.assert(
      fc.property(run, ([said, chunks]) => {
        const chat = translateStream(aCall('openai-chat', 'anthropic-messages'), chunks);
        const responses = translateStream(aCall('openai-responses', 'anthropic-messages'), chunks);
        for (const heard of [hearOpenAi(chat.text), hearResponses(responses.text)]) {
          expect(heard).toMatchObject({ ending: 'complete', text: said.text, thinking: said.thinking });
          expect(byName(heard)).toEqual(callsOf(said.json));
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Events in an order no reader would write: parts that never began or began twice, things after the end. */
const anyEvent: fc.Arbitrary<AnswerEvent> = fc.oneof(
  fc.record({
    kind: fc.constant('part_start' as const),
    part: fc.nat(3),
    start: fc.constantFrom(
      { kind: 'text' as const },
      { kind: 'thinking' as const },
      { kind: 'refusal' as const },
      { kind: 'redacted_thinking' as const, data: 'x' },
      { kind: 'tool_call' as const, id: 'functions.f:0', name: 'f' },
    ),
  }),
  fc.record({
    kind: fc.constant('delta' as const),
    part: fc.nat(3),
    text: fc.constantFrom('', 'a', '{', '}', '{}'),
  }),
  fc.record({ kind: fc.constant('part_end' as const), part: fc.nat(3) }),
  fc.record({ kind: fc.constant('signature' as const), part: fc.nat(3), signature: fc.constant('s') }),
  fc.constantFrom<AnswerEvent>(
    { kind: 'start', id: 'i', model: 'm', usage: null },
    { kind: 'stop', stop: { kind: 'end' } },
    { kind: 'stop', stop: { kind: 'tool_use' } },
    { kind: 'logprobs', logprobs: { content: [] } },
    { kind: 'error', problem: { status: 500, kind: 'server_error', message: 'x' } },
    { kind: 'end' },
  ),
);

describe('no order of events', () => {
  const events = fc.array(anyEvent, { maxLength: 40 });

  it('makes the Anthropic writer write an illegal stream', () => {
    fc.assert(
      fc.property(events, (list) => {
        const writer = new AnthropicEventWriter(someOptions);
        const out: string[] = [];
        for (const event of [...list, { kind: 'end' as const }]) writer.write(event, out);
        expect(hearAnthropic(out.join('')).ending).not.toBe('cut');
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes the Responses writer write an illegal stream', () => {
    fc.assert(
      fc.property(events, (list) => {
        const writer = new ResponseEventWriter({ ...someOptions, asked: {} });
        const out: string[] = [];
        for (const event of [...list, { kind: 'end' as const }]) writer.write(event, out);
        expect(hearResponses(out.join('')).ending).not.toBe('cut');
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes Google’s writer write an illegal stream', () => {
    fc.assert(
      fc.property(events, fc.boolean(), (list, includeThoughts) => {
        const asked = { generationConfig: { thinkingConfig: { includeThoughts } } };
        const call = clientForms['google-generate'].makeEventWriter({
          options: someOptions,
          asked,
          includeUsage: true,
        });
        const out: string[] = [];
        for (const event of [...list, { kind: 'end' as const }]) call.write(event, out);
        expect(hearGoogle(out.join('')).ending).not.toBe('cut');
      }),
      { numRuns: 1_000 },
    );
  });

  it('makes the OpenAI writer write an illegal stream', () => {
    fc.assert(
      fc.property(events, (list) => {
        const writer = new OpenAiEventWriter({ ...someOptions, includeUsage: true });
        const out: string[] = [];
        for (const event of [...list, { kind: 'end' as const }]) writer.write(event, out);
        expect(hearOpenAi(out.join('')).ending).not.toBe('cut');
      }),
      { numRuns: 1_000 },
    );
  });
});
