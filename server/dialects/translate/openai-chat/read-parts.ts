import type { Dropped } from '../dropped.ts';
import { type Fields, present, UnreadableBody } from '../fields.ts';
import { fileSource, mediaSource } from '../media-source.ts';
import type { CacheMark, FilePart, ImagePart, TextPart, UserPart } from '../neutral.ts';

/** A content part of a user message; none for what the neutral form has no place for. */
export function readUserPart(part: Fields, dropped: Dropped): readonly UserPart[] {
  const type = part.requiredText('type');
  switch (type) {
    case 'text':
      return [textPart(part, dropped)];
    case 'image_url':
      return [imagePart(part, dropped)];
    case 'file':
      return filePart(part, dropped);
    default:
      dropped.add(`messages[].content.${type}`);
      return [];
  }
}

export function textPart(part: Fields, dropped: Dropped): TextPart {
  const read = present({ kind: 'text' as const, text: part.text('text') ?? '', cache: cacheOf(part) });
  part.rest(dropped);
  return read;
}

function imagePart(part: Fields, dropped: Dropped): ImagePart {
  const image = part.object('image_url');
  if (image === undefined) throw new UnreadableBody(part.place('image_url'), 'is missing.');
  const read = present({
    kind: 'image' as const,
    source: mediaSource(image.requiredText('url')),
    detail: image.text('detail'),
    cache: cacheOf(part),
  });
  image.rest(dropped);
  part.rest(dropped);
  return read;
}

function filePart(part: Fields, dropped: Dropped): readonly FilePart[] {
  const file = part.object('file');
  const data = file?.text('file_data');
  const cache = cacheOf(part);
  if (file === undefined || data === undefined) {
    // A file uploaded to one provider is unknown to every other.
    dropped.add('messages[].content.file_id');
    return [];
  }
  const read = present({
    kind: 'file' as const,
    source: fileSource(data),
    name: file.text('filename'),
    cache,
  });
  file.rest(dropped);
  part.rest(dropped);
  return [read];
}

/** OpenAI's explicit breakpoints (models from gpt-5.6 on). */
function cacheOf(part: Fields): CacheMark | undefined {
  return part.raw('prompt_cache_breakpoint') === undefined ? undefined : {};
}
