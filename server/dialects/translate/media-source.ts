import type { FilePart, MediaSource } from './neutral.ts';

/** OpenAI takes a data URL, or bare base64 that it holds for a PDF. */
export function fileSource(data: string): FilePart['source'] {
  const source = mediaSource(data);
  if (source.kind === 'url')
    return /^https?:/.test(data) ? source : { kind: 'base64', mediaType: 'application/pdf', data };
  return source.mediaType.startsWith('text/')
    ? { kind: 'text', text: Buffer.from(source.data, 'base64').toString('utf8') }
    : source;
}

/** A data URL's bytes, or where a picture can be had. */
export function mediaSource(url: string): MediaSource {
  const found = /^data:([^;,]*)(?:;[^;,]*)*;base64,/.exec(url.slice(0, 200));
  if (found === null) return { kind: 'url', url };
  return { kind: 'base64', mediaType: found[1] ?? '', data: url.slice(found[0].length) };
}
