import type { LanguageModelV3FilePart } from '@ai-sdk/provider';
import type { Dropped } from '../../dialects/translate/dropped.ts';
import type { FilePart, ImagePart, MediaSource } from '../../dialects/translate/neutral.ts';
import type { Carrier } from './carrier.ts';

const utf8 = new TextEncoder();

/** A picture or file as the library takes it; nothing, and named, where the provider cannot be given it. */
export function writeMedia(
  part: ImagePart | FilePart,
  carrier: Carrier,
  dropped: Dropped,
): LanguageModelV3FilePart | undefined {
  const { source } = part;
  if (part.kind === 'image' && part.detail !== undefined && !carrier.imageDetail)
    dropped.add('messages[].content.image.detail');
  const name = part.kind === 'file' && part.name !== undefined ? { filename: part.name } : {};
  const detail =
    part.kind === 'image' && part.detail !== undefined && carrier.imageDetail
      ? { providerOptions: { [carrier.key]: { detail: part.detail } } }
      : {};
  if (source.kind === 'text')
    return { type: 'file', mediaType: 'text/plain', data: utf8.encode(source.text), ...name };
  const data = dataOf(source, part.kind === 'image', carrier);
  if (data === undefined) {
    dropped.add(
      `messages[].content.${part.kind}.${source.kind === 'url' ? 'url' : source.mediaType || 'data'}`,
    );
    return undefined;
  }
  return { type: 'file', ...data, ...name, ...detail };
}

function dataOf(source: MediaSource, image: boolean, carrier: Carrier) {
  if (source.kind === 'base64') {
    const mediaType = source.mediaType || (image ? 'image/jpeg' : 'application/pdf');
    return carrier.takesMedia(mediaType) ? { mediaType, data: source.data } : undefined;
  }
  if (!URL.canParse(source.url)) return undefined;
  const url = new URL(source.url);
  return carrier.takesUrl(url, image) ? { mediaType: mediaTypeOf(url, image), data: url } : undefined;
}

const byEnding: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
};

/** An address does not say what is behind it, and the provider wants to know: its ending is a fair guess. */
function mediaTypeOf({ pathname }: URL, image: boolean): string {
  const ending = pathname.slice(pathname.lastIndexOf('.') + 1).toLowerCase();
  return byEnding[ending] ?? (image ? 'image/jpeg' : 'application/pdf');
}
