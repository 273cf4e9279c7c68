import { foreignSeal } from '../../anthropic-messages/foreign-thinking.ts';
import { isWireObject, parseJson } from '../../wire-value.ts';
import type { Dropped } from '../dropped.ts';
import { present } from '../fields.ts';
import type {
  AssistantPart,
  FilePart,
  ImagePart,
  MediaSource,
  TextPart,
  ToolCallPart,
  ToolResultPart,
  UserPart,
} from '../neutral.ts';
import { cacheControl } from './cache-control.ts';

/** A part as a content block of a message or of an answer; none for what Anthropic has no block for. */
export function writePart(part: UserPart | AssistantPart, dropped: Dropped): readonly object[] {
  switch (part.kind) {
    case 'text':
      return writeText(part);
    case 'refusal':
      return writeText({ kind: 'text', text: part.text });
    case 'image':
      return [writeImage(part)];
    case 'file':
      return [writeFile(part)];
    case 'tool_call':
      return [writeToolCall(part, dropped)];
    case 'tool_result':
      return [writeToolResult(part)];
    case 'thinking':
      if (part.signature !== undefined && !part.signature.startsWith(foreignSeal))
        return [{ type: 'thinking', thinking: part.text, signature: part.signature }];
      // Without a signature of Anthropic's own a thinking block is refused as forged.
      dropped.add('messages[].thinking');
      return [];
    case 'redacted_thinking':
      return [{ type: 'redacted_thinking', data: part.data }];
  }
}

/** Anthropic refuses empty texts. */
export function writeText(part: TextPart): readonly object[] {
  return part.text === ''
    ? []
    : [present({ type: 'text', text: part.text, cache_control: cacheControl(part.cache) })];
}

function writeImage(part: ImagePart): object {
  return present({
    type: 'image',
    source: writeSource(part.source),
    cache_control: cacheControl(part.cache),
  });
}

function writeFile(part: FilePart): object {
  const source =
    part.source.kind === 'text'
      ? { type: 'text', media_type: 'text/plain', data: part.source.text }
      : writeSource(part.source);
  return present({ type: 'document', source, title: part.name, cache_control: cacheControl(part.cache) });
}

function writeSource(source: MediaSource): object {
  return source.kind === 'url'
    ? { type: 'url', url: source.url }
    : { type: 'base64', media_type: source.mediaType, data: source.data };
}

function writeToolCall(part: ToolCallPart, dropped: Dropped): object {
  return present({
    type: 'tool_use',
    id: toolUseId(part.id),
    name: part.name,
    input: toolInput(part.argumentsJson, dropped),
    cache_control: cacheControl(part.cache),
  });
}

function writeToolResult(part: ToolResultPart): object {
  const blocks = part.parts.flatMap((inner) => {
    if (inner.kind === 'text') return writeText(inner);
    return [inner.kind === 'image' ? writeImage(inner) : writeFile(inner)];
  });
  const [only] = part.parts;
  const plain = part.parts.length === 1 && only?.kind === 'text' && only.cache === undefined;
  return present({
    type: 'tool_result',
    tool_use_id: toolUseId(part.callId),
    content: plain ? only.text : blocks.length === 0 ? undefined : blocks,
    is_error: part.isError ? true : undefined,
    cache_control: cacheControl(part.cache),
  });
}

/** Anthropic's ids are of letters, digits, `_` and `-`; other servers write `functions.read:0`. */
export function toolUseId(id: string): string {
  return id.replace(/[^a-zA-Z0-9_-]/g, '_');
}

/** Anthropic's input is an object. What a model wrote that is none is kept as text, and named. */
export function toolInput(argumentsJson: string, dropped: Dropped): unknown {
  if (argumentsJson.trim() === '') return {};
  const value = parseJson(argumentsJson);
  if (isWireObject(value)) return value;
  dropped.add('tool_calls.arguments.invalid_json');
  return { arguments: argumentsJson };
}
