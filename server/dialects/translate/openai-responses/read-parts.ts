import type { Dropped } from '../dropped.ts';
import { describe, type Fields, fieldsOf, present, UnreadableBody } from '../fields.ts';
import { fileSource, mediaSource } from '../media-source.ts';
import type { AssistantPart, CacheMark, FilePart, ImagePart, TextPart } from '../neutral.ts';

type InputPart = TextPart | ImagePart | FilePart;

/** What a user or a tool says: text, images, files. */
export function readUserParts(item: Fields, name: string, dropped: Dropped): readonly InputPart[] {
  return readParts<InputPart>(item, name, dropped, (type, part) => {
    switch (type) {
      case 'input_text':
      case 'output_text':
      case 'text':
        return [textPart(part)];
      case 'input_image':
        return imagePart(part, dropped);
      case 'input_file':
        return filePart(part, dropped);
      default:
        return undefined;
    }
  });
}

export function readTexts(item: Fields, name: string, dropped: Dropped): readonly TextPart[] {
  return readUserParts(item, name, dropped).filter((part): part is TextPart => {
    if (part.kind !== 'text') dropped.add(item.lost(`${name}.input_${part.kind}`));
    return part.kind === 'text';
  });
}

/** What the model said. */
export function readSaid(item: Fields, dropped: Dropped): readonly AssistantPart[] {
  return readParts<AssistantPart>(item, 'content', dropped, (type, part) => {
    // Where a text came from and how likely it was: told to the client, of no use to a model.
    part.raw('annotations');
    part.raw('logprobs');
    if (type === 'refusal') return [{ kind: 'refusal', text: part.text('refusal') ?? '' }];
    return type === 'output_text' || type === 'input_text' || type === 'text' ? [textPart(part)] : undefined;
  });
}

/** A text, or a list of parts of which `read` knows some. */
function readParts<Part extends TextPart | AssistantPart | InputPart>(
  item: Fields,
  name: string,
  dropped: Dropped,
  read: (type: string, part: Fields) => readonly Part[] | undefined,
): readonly (Part | TextPart)[] {
  const content = item.raw(name);
  if (content === undefined) return [];
  if (typeof content === 'string') return content === '' ? [] : [{ kind: 'text', text: content }];
  if (!Array.isArray(content)) {
    throw new UnreadableBody(
      item.place(name),
      `should be a string or a list of parts, not ${describe(content)}.`,
    );
  }
  return fieldsOf(content, item.place(name)).flatMap((part): readonly (Part | TextPart)[] => {
    const type = part.requiredText('type');
    const parts = read(type, part);
    if (parts === undefined) {
      dropped.add(item.lost(`${name}.${type}`));
      return [];
    }
    part.rest(dropped);
    return parts;
  });
}

function textPart(part: Fields): TextPart {
  return present({ kind: 'text' as const, text: part.text('text') ?? '', cache: cacheOf(part) });
}

function imagePart(part: Fields, dropped: Dropped): readonly ImagePart[] {
  const url = part.text('image_url');
  const detail = part.text('detail');
  const cache = cacheOf(part);
  if (url === undefined) {
    // A file uploaded to one provider is unknown to every other; `rest` names its id.
    dropped.add(part.lost('input_image'));
    return [];
  }
  return [present({ kind: 'image' as const, source: mediaSource(url), detail, cache })];
}

function filePart(part: Fields, dropped: Dropped): readonly FilePart[] {
  const data = part.text('file_data');
  const url = part.text('file_url');
  const name = part.text('filename');
  const cache = cacheOf(part);
  if (data === undefined && url === undefined) {
    dropped.add(part.lost('input_file'));
    return [];
  }
  const source = fileSource(data ?? url ?? '');
  return [present({ kind: 'file' as const, source, name, cache })];
}

/** OpenAI's explicit breakpoints (models from gpt-5.6 on). */
function cacheOf(part: Fields): CacheMark | undefined {
  return part.raw('prompt_cache_breakpoint') === undefined ? undefined : {};
}
