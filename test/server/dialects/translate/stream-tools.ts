import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Dialect } from '#engine/signals/index.ts';
import {
  type SpokenDialect,
  type TranslatedCall,
  type TranslatedStream,
  type TranslateOptions,
  translateCall,
} from '#server/dialects/translate/index.ts';

export const someOptions: TranslateOptions = {
  model: 'upstream-model',
  maxOutputTokens: 8_000,
  inputTokens: 77,
  id: 'made-1',
  created: 1_795_305_600,
};

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

const asking: Readonly<Record<Dialect, object>> = {
  'openai-responses': { model: 'auto', stream: true, input: 'Hi' },
  'openai-chat': {
    model: 'auto',
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: 'user', content: 'Hi' }],
  },
  'anthropic-messages': {
    model: 'auto',
    stream: true,
    max_tokens: 100,
    messages: [{ role: 'user', content: 'Hi' }],
  },
  'google-generate': { contents: [{ role: 'user', parts: [{ text: 'Hi' }] }], stream: true },
  'openai-embeddings': { model: 'auto', input: 'Hi' },
  'openai-completions': { model: 'auto', stream: true, prompt: 'Hi' },
};

/** A call that has sent its request; takes what differs from an everyday one. */
export function aCall(from: Dialect, to: SpokenDialect, request: object = {}): TranslatedCall {
  const call = translateCall(from, to, someOptions);
  call.request(Buffer.from(JSON.stringify({ ...asking[from], ...request })));
  return call;
}

/** The whole stream in the client's dialect, and where the translation stands at its end. */
export function translateStream(
  call: TranslatedCall,
  chunks: Iterable<Uint8Array>,
): { text: string; stream: TranslatedStream } {
  const stream = call.stream();
  const frames: string[] = [];
  for (const chunk of chunks) frames.push(...stream.push(chunk));
  frames.push(...stream.end());
  return { text: frames.join(''), stream };
}

/** A whole answer of the other dialect's provider as a client of `from` gets it. */
export function answerOf(
  from: 'openai-chat' | 'anthropic-messages',
  status: number,
  wire: unknown,
  headers = {},
) {
  const to = from === 'openai-chat' ? 'anthropic-messages' : 'openai-chat';
  const text = typeof wire === 'string' ? wire : JSON.stringify(wire);
  const answer = aCall(from, to).answer(status, headers, Buffer.from(text));
  return { ...answer, wire: JSON.parse(answer.body.toString()) };
}

/** The bytes, cut anywhere: inside lines, characters and line ends. */
export function cuts(bytes: Buffer): fc.Arbitrary<readonly Buffer[]> {
  return fc.array(fc.nat({ max: bytes.length }), { maxLength: 40 }).map((places) => {
    const sorted = [0, ...places.sort((left, right) => left - right), bytes.length];
    return sorted.slice(1).map((end, at) => bytes.subarray(sorted[at], end));
  });
}

export interface Frame {
  readonly name: string;
  readonly data: string;
}

/** Frames as a strict client reads them: an optional event line, one data line, a blank line. */
export function framesOf(text: string): readonly Frame[] {
  const blocks = text.split('\n\n');
  if (blocks.pop() !== '') throw new Error('The stream does not end in a blank line.');
  return blocks.map((block) => {
    const found = /^(?:event: (\w+)\n)?data: ([^\r\n]*)$/.exec(block);
    if (found === null) throw new Error(`No frame: ${block}`);
    return { name: found[1] ?? '', data: found[2]! };
  });
}
