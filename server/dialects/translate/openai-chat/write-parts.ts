import type { Dropped } from '../dropped.ts';
import { present } from '../fields.ts';
import type { CacheMark, FilePart, ImagePart, MediaSource, TextPart } from '../neutral.ts';
import type { OpenAiTraits } from './traits.ts';

/** `content`: a string where one text is all there is, as most servers like it best. */
export type WrittenParts = string | readonly object[];

/** Parts as `content`; nothing when nothing is left. */
export function writeContent(
  parts: readonly (TextPart | ImagePart | FilePart)[],
  traits: OpenAiTraits,
  dropped: Dropped,
): WrittenParts | undefined {
  const written = parts.flatMap((part) => writePart(part, traits, dropped));
  const [only] = parts;
  if (written.length === 1 && parts.length === 1 && only?.kind === 'text')
    return only.cache === undefined || !traits.cacheMarks ? only.text : written;
  return written.length === 0 ? undefined : written;
}

function writePart(
  part: TextPart | ImagePart | FilePart,
  traits: OpenAiTraits,
  dropped: Dropped,
): readonly object[] {
  const prompt_cache_breakpoint = writeMark(part.cache, traits, dropped);
  if (part.kind === 'text') return [present({ type: 'text', text: part.text, prompt_cache_breakpoint })];
  if (part.kind === 'file') return writeFile(part, prompt_cache_breakpoint, dropped);
  const image_url = present({ url: writeUrl(part.source), detail: part.detail });
  return [present({ type: 'image_url', image_url, prompt_cache_breakpoint })];
}

function writeFile(part: FilePart, mark: object | undefined, dropped: Dropped): readonly object[] {
  if (part.source.kind === 'url') {
    // Chat Completions takes a file's bytes, never its address.
    dropped.add('messages[].content.document.url');
    return [];
  }
  if (part.source.kind === 'text') {
    const title = part.name === undefined ? '' : `${part.name}\n\n`;
    return [present({ type: 'text', text: title + part.source.text, prompt_cache_breakpoint: mark })];
  }
  const file = { filename: part.name ?? 'file.pdf', file_data: writeUrl(part.source) };
  return [present({ type: 'file', file, prompt_cache_breakpoint: mark })];
}

function writeUrl(source: MediaSource): string {
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`;
}

/** OpenAI's marks have one time to live, thirty minutes. */
function writeMark(cache: CacheMark | undefined, traits: OpenAiTraits, dropped: Dropped): object | undefined {
  if (cache === undefined) return undefined;
  if (!traits.cacheMarks) dropped.add('cache_control');
  else if (cache.ttl === '1h') dropped.add('cache_control.ttl');
  return traits.cacheMarks ? { mode: 'explicit' } : undefined;
}
