import { isWireObject } from '../../wire-value.ts';
import type { Dropped } from '../dropped.ts';
import { type Fields, present } from '../fields.ts';
import type { AssistantPart, FilePart, ImagePart, TextPart, ToolResultPart, UserPart } from '../neutral.ts';
import type { CallIds } from './call-ids.ts';
import { googleList, googleObject } from './google-fields.ts';
import { unsealThought } from './thought-signature.ts';

type Media = TextPart | ImagePart | FilePart;

/** What the user or a function says: text, images, files, results. */
export function readUserPart(part: Fields, ids: CallIds, dropped: Dropped): readonly UserPart[] {
  const result = googleObject(part, 'functionResponse');
  const read = result === undefined ? readMedia(part, dropped) : [readResult(result, ids, dropped)];
  part.rest(dropped);
  return read;
}

/** What the model said: text, thoughts, calls. */
export function readModelPart(part: Fields, ids: CallIds, dropped: Dropped): readonly AssistantPart[] {
  const signature = part.text('thoughtSignature');
  const thought = unsealThought(signature);
  const call = googleObject(part, 'functionCall');
  const text = part.text('text') ?? '';
  const wasThought = part.flag('thought') === true;
  part.rest(dropped);
  if (thought.kind === 'redacted') return [{ kind: 'redacted_thinking', data: thought.data }];
  // Google's own signature is a proof to nobody else.
  if (thought.kind === 'unknown') dropped.add(part.lost('thoughtSignature'));
  if (call !== undefined) {
    const name = call.requiredText('name');
    const id = ids.ofCall(name, call.text('id'));
    const args = call.wire('args') ?? {};
    call.rest(dropped);
    return [{ kind: 'tool_call', id, name, argumentsJson: JSON.stringify(args) }];
  }
  if (!wasThought) return text === '' ? [] : [{ kind: 'text', text }];
  if (thought.kind === 'signature') return [{ kind: 'thinking', text, signature: thought.signature }];
  return text === '' ? [] : [{ kind: 'thinking', text }];
}

/** Results are objects: `output` or `result` by convention, `error` for a failure. */
function readResult(result: Fields, ids: CallIds, dropped: Dropped): ToolResultPart {
  const callId = ids.ofResult(result.text('name') ?? '', result.text('id'));
  const response = result.wire('response') ?? {};
  const inside = googleList(result, 'parts').flatMap((part) => {
    const read = readMedia(part, dropped);
    part.rest(dropped);
    return read;
  });
  // When the result is taken up, and that more will follow: of use to live sessions only.
  result.raw('scheduling');
  result.raw('willContinue');
  result.rest(dropped);
  return {
    kind: 'tool_result',
    callId,
    parts: [{ kind: 'text', text: textOfResponse(response) }, ...inside],
    isError: response.error !== undefined && response.error !== null,
  };
}

function textOfResponse(response: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(response);
  const [only] = entries;
  const conventional = only !== undefined && ['output', 'result', 'error'].includes(only[0]);
  return entries.length === 1 && conventional && typeof only[1] === 'string'
    ? only[1]
    : JSON.stringify(response);
}

function readMedia(part: Fields, dropped: Dropped): readonly Media[] {
  const text = part.text('text');
  const inline = googleObject(part, 'inlineData');
  const file = googleObject(part, 'fileData');
  if (inline !== undefined) return readInline(inline, dropped);
  if (file !== undefined) return readFile(file, dropped);
  return text === undefined || text === '' ? [] : [{ kind: 'text', text }];
}

function readInline(blob: Fields, dropped: Dropped): readonly Media[] {
  const mediaType = blob.text('mimeType') ?? '';
  const data = blob.text('data') ?? '';
  const name = blob.text('displayName');
  blob.rest(dropped);
  if (mediaType.startsWith('image/')) return [{ kind: 'image', source: { kind: 'base64', mediaType, data } }];
  if (mediaType.startsWith('text/')) {
    const text = Buffer.from(data, 'base64').toString('utf8');
    return [present({ kind: 'file' as const, source: { kind: 'text' as const, text }, name })];
  }
  if (mediaType !== 'application/pdf') {
    dropped.add(blob.lost(mediaType.split('/', 1)[0] ?? ''));
    return [];
  }
  return [present({ kind: 'file' as const, source: { kind: 'base64' as const, mediaType, data }, name })];
}

/** A file that was uploaded to Google is to be had nowhere else; an address on the web is. */
function readFile(file: Fields, dropped: Dropped): readonly Media[] {
  const mediaType = file.text('mimeType') ?? '';
  const url = file.text('fileUri') ?? '';
  const name = file.text('displayName');
  file.rest(dropped);
  const isPublic =
    /^https?:\/\//.test(url) && !/^https?:\/\/[^/]*(googleapis\.com|youtube\.com|youtu\.be)\//.test(url);
  if (isPublic && mediaType.startsWith('image/')) return [{ kind: 'image', source: { kind: 'url', url } }];
  if (isPublic && mediaType === 'application/pdf') {
    return [present({ kind: 'file' as const, source: { kind: 'url' as const, url }, name })];
  }
  dropped.add(file.at.replace(/\[\d+\]/g, '[]'));
  return [];
}

export function argumentsOf(json: string): Readonly<Record<string, unknown>> | undefined {
  if (json.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(json);
    return isWireObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
