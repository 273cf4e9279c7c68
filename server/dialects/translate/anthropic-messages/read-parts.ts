import type { Dropped } from '../dropped.ts';
import { type Fields, fieldsOf, present, UnreadableBody } from '../fields.ts';
import type {
  AssistantPart,
  CacheMark,
  FilePart,
  ImagePart,
  TextPart,
  ToolResultPart,
  UserPart,
} from '../neutral.ts';

/** A content block of a message or an answer; none for what the neutral form has no place for. */
export function readBlock(block: Fields, dropped: Dropped): readonly (UserPart | AssistantPart)[] {
  const type = block.requiredText('type');
  const read = readKnown(type, block, dropped);
  if (read === undefined) dropped.add(`messages[].content.${type}`);
  else block.rest(dropped);
  return read ?? [];
}

function readKnown(
  type: string,
  block: Fields,
  dropped: Dropped,
): readonly (UserPart | AssistantPart)[] | undefined {
  switch (type) {
    case 'text':
      return [readTextBlock(block, dropped)];
    case 'image':
      return readImage(block, dropped);
    case 'document':
      return readDocument(block, dropped);
    case 'tool_use':
      return [readToolUse(block)];
    case 'tool_result':
      return [readToolResult(block, dropped)];
    case 'thinking':
      return [readThinking(block)];
    case 'redacted_thinking':
      return [{ kind: 'redacted_thinking', data: block.requiredText('data') }];
    default:
      return undefined;
  }
}

export function readTextBlock(block: Fields, dropped: Dropped): TextPart {
  const read = present({ kind: 'text' as const, text: block.requiredText('text'), cache: cacheOf(block) });
  block.rest(dropped);
  return read;
}

function readToolUse(block: Fields): AssistantPart {
  // Who called is the provider's business: a tool, or the model itself.
  block.raw('caller');
  const input = block.raw('input');
  return present({
    kind: 'tool_call' as const,
    id: block.requiredText('id'),
    name: block.requiredText('name'),
    argumentsJson: input === undefined ? '{}' : JSON.stringify(input),
    cache: cacheOf(block),
  });
}

function readThinking(block: Fields): AssistantPart {
  const signature = block.text('signature') ?? '';
  const text = block.text('thinking') ?? '';
  return { kind: 'thinking', text, ...(signature === '' ? {} : { signature }) };
}

function readImage(block: Fields, dropped: Dropped): readonly ImagePart[] {
  const source = block.object('source');
  if (source === undefined) throw new UnreadableBody(block.place('source'), 'is missing.');
  const media = mediaSource(source);
  if (media === undefined) {
    dropped.add('messages[].content.image.file_id');
    return [];
  }
  return [present({ kind: 'image' as const, source: media, cache: cacheOf(block) })];
}

function readDocument(block: Fields, dropped: Dropped): readonly (FilePart | TextPart | ImagePart)[] {
  const source = block.object('source');
  if (source === undefined) throw new UnreadableBody(block.place('source'), 'is missing.');
  const name = block.text('title');
  const cache = cacheOf(block);
  // Citations are asked for per document; `{ enabled: false }` asks for nothing.
  if (block.object('citations')?.flag('enabled') === true)
    dropped.add('messages[].content.document.citations');
  const type = source.text('type');
  if (type === 'text')
    return [
      present({
        kind: 'file' as const,
        source: { kind: 'text' as const, text: source.requiredText('data') },
        name,
        cache,
      }),
    ];
  if (type === 'content') return readContentSource(source, dropped);
  const media = mediaSource(source);
  if (media === undefined) {
    dropped.add('messages[].content.document.file_id');
    return [];
  }
  return [present({ kind: 'file' as const, source: media, name, cache })];
}

/** A document made of blocks says nothing that its blocks do not say. */
function readContentSource(source: Fields, dropped: Dropped): readonly (FilePart | TextPart | ImagePart)[] {
  const content = source.raw('content');
  if (typeof content === 'string') return [{ kind: 'file', source: { kind: 'text', text: content } }];
  return nested(Array.isArray(content) ? content : [], source.place('content'), dropped);
}

function readToolResult(block: Fields, dropped: Dropped): ToolResultPart {
  const content = block.raw('content');
  return present({
    kind: 'tool_result' as const,
    callId: block.requiredText('tool_use_id'),
    parts:
      typeof content === 'string'
        ? [{ kind: 'text' as const, text: content }]
        : nested(Array.isArray(content) ? content : [], block.place('content'), dropped),
    isError: block.flag('is_error') ?? false,
    cache: cacheOf(block),
  });
}

function nested(
  list: readonly unknown[],
  at: string,
  dropped: Dropped,
): readonly (TextPart | ImagePart | FilePart)[] {
  return fieldsOf(list, at).flatMap((inner) =>
    readBlock(inner, dropped).filter(
      (part): part is TextPart | ImagePart | FilePart =>
        part.kind === 'text' || part.kind === 'image' || part.kind === 'file',
    ),
  );
}

function mediaSource(source: Fields): ImagePart['source'] | undefined {
  const type = source.text('type');
  if (type === 'url') return { kind: 'url', url: source.requiredText('url') };
  if (type !== 'base64') return undefined;
  return {
    kind: 'base64',
    mediaType: source.text('media_type') ?? '',
    data: source.requiredText('data'),
  };
}

export function cacheOf(fields: Fields): CacheMark | undefined {
  const mark = fields.object('cache_control');
  if (mark === undefined) return undefined;
  const ttl = mark.text('ttl');
  return ttl === '5m' || ttl === '1h' ? { ttl } : {};
}
