import type { Dialect } from '#engine/signals/index.ts';
import { isWireObject, parseJson } from '../wire-value.ts';
import { applyEdits, type JsonEdit } from './json-edits.ts';
import { type JsonVisitor, stringAt, walkJson } from './walk-json.ts';

/** What stands where an image was. */
export const imageLeftOut = '[An image stood here. It was left out.]';

/** What is known of the object around a value. */
interface Notes {
  readonly key: string;
  /** Inside the client's own data, where nothing is an image. */
  readonly free: boolean;
  /** Inside the result of a function, where Google takes no text as a part. */
  readonly inResult: boolean;
  readonly isTop: boolean;
  type: string;
  mimeType: string;
  holdsImage: boolean;
}

const conversation = new Set(['messages', 'input', 'contents', 'system']);
const ownData = new Set(['input', 'args', 'arguments', 'response']);

/** A body without its images, each replaced by a short text that says that there was one; every other byte stays. */
export function stripImages(json: Buffer, dialect: Dialect): Buffer {
  const edits: JsonEdit[] = [];
  const visitor: JsonVisitor<Notes> = {
    open: (parent, key) => ({
      key,
      free: parent !== null && (parent.free || (parent.isTop ? !conversation.has(key) : ownData.has(key))),
      inResult:
        parent !== null && (parent.inResult || key === 'functionResponse' || key === 'function_response'),
      isTop: parent === null,
      type: '',
      mimeType: '',
      holdsImage: false,
    }),
    text(notes, key, start, end) {
      if (notes.free) return;
      if (key === 'type') notes.type = stringAt(json, start, end);
      else if (key === 'mimeType' || key === 'mime_type') notes.mimeType = stringAt(json, start, end);
    },
    close(notes, parent, start, end) {
      if (notes.free || parent === null) return;
      if (dialect === 'google-generate') {
        if (media.has(notes.key) && notes.mimeType.startsWith('image/')) parent.holdsImage = true;
        if (notes.holdsImage) edits.push({ start, end, text: googlePart(notes.inResult) });
        return;
      }
      const written = imageTypes[dialect]?.get(notes.type);
      if (written !== undefined) edits.push({ start, end, text: textPart(written, json, start, end) });
    },
  };
  walkJson(json, visitor);
  return applyEdits(json, edits);
}

/** Types of parts that are images, and the type of a text in their place. */
const imageTypes: Readonly<Partial<Record<Dialect, ReadonlyMap<string, string>>>> = {
  'openai-chat': new Map([['image_url', 'text']]),
  'openai-responses': new Map([['input_image', 'input_text']]),
  'anthropic-messages': new Map([['image', 'text']]),
};
const media = new Set(['inlineData', 'inline_data', 'fileData', 'file_data']);

/** A mark for the prompt's cache stays where it stood. */
function textPart(type: string, json: Buffer, start: number, end: number): string {
  const part = parseJson(json.toString('utf8', start, end));
  const mark = isWireObject(part) && isWireObject(part.cache_control) ? part.cache_control : undefined;
  return JSON.stringify({ type, text: imageLeftOut, ...(mark === undefined ? {} : { cache_control: mark }) });
}

function googlePart(inResult: boolean): string {
  if (!inResult) return JSON.stringify({ text: imageLeftOut });
  const data = Buffer.from(imageLeftOut).toString('base64');
  return JSON.stringify({ inlineData: { mimeType: 'text/plain', data } });
}
