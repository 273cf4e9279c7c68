import { type RedactableKind, redactText } from '#engine/privacy/index.ts';
import { isWireObject, parseJson } from '../wire-value.ts';
import { applyEdits, type JsonEdit } from './json-edits.ts';
import { type JsonVisitor, stringAt, walkJson } from './walk-json.ts';

/**
 * A body without the private things of some kinds, in whatever text it holds; every other byte stays. What is no text (ids,
 * names of tools, media and where they lie, seals) is left alone, and files are not looked into.
 */
export function redactBody(json: Buffer, kinds: readonly RedactableKind[]): Buffer {
  return redactJson(json, kinds, false);
}

/** What is known of the object or list around a value. */
interface Notes {
  /** The client's own data, in which every key and value is text. */
  readonly free: boolean;
  /** A JSON schema: its keywords are no text. */
  readonly schema: boolean;
  readonly isTop: boolean;
  type: string;
  /** A text was changed here. */
  edited: boolean;
  seal: Span | null;
  data: Span | null;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Members that hold the client's own data: arguments and results of tools, labels. */
const free = new Set(['input', 'arguments', 'args', 'response', 'metadata', 'labels']);
/** Those of them that mean so at the top of a body too, where `input` is the conversation. */
const freeAtTop = new Set(['metadata', 'labels']);
const schemas = new Set([
  'parameters',
  'input_schema',
  'schema',
  'responseSchema',
  'response_schema',
  'responseJsonSchema',
  'response_json_schema',
  'parametersJsonSchema',
  'parameters_json_schema',
]);
const keywords = new Set(['type', 'format', 'pattern', 'required', '$ref', '$id', '$schema', '$anchor']);

/** Members that are no text: what things are called and what they refer to, media, and other people's seals. */
const structure = new Set([
  ...['type', 'role', 'id', 'name', 'model', 'object', 'status', 'detail', 'format', 'media_type'],
  ...['mime_type', 'mimeType', 'tool_call_id', 'tool_use_id', 'call_id', 'item_id', 'file_id'],
  ...['previous_response_id', 'conversation', 'container', 'encrypted_content', 'encrypted_index'],
  ...['thoughtSignature', 'thought_signature', 'url', 'uri', 'image_url', 'file_url', 'fileUri'],
  ...['file_uri', 'file_data', 'cachedContent', 'cached_content'],
]);

function redactJson(json: Buffer, kinds: readonly RedactableKind[], allFree: boolean): Buffer {
  const edits: JsonEdit[] = [];
  const redact = (notes: Notes, key: string, { start, end }: Span) => {
    const said = stringAt(json, start, end);
    const left = redactString(said, kinds, key, notes.free);
    if (left === said) return;
    notes.edited = true;
    edits.push({ start, end, text: JSON.stringify(left) });
  };
  const visitor: JsonVisitor<Notes> = {
    open: (parent, key) => notesOf(parent, key, allFree),
    key(notes, key, start, end) {
      if (notes.free) redact(notes, '', { start, end });
      else if (key === 'signature') notes.seal = null;
    },
    text(notes, key, start, end) {
      const span = { start, end };
      if (notes.free) return redact(notes, key, span);
      if (notes.schema && keywords.has(key)) return;
      if (key === 'type') notes.type = stringAt(json, start, end);
      else if (key === 'signature') notes.seal = span;
      else if (key === 'data') notes.data = span;
      else if (!structure.has(key) || (notes.schema && key !== 'name')) redact(notes, key, span);
    },
    literal(notes, _, start, end) {
      if (!notes.free) return;
      const said = json.toString('utf8', start, end);
      const left = redactText(said, kinds);
      if (left !== said) edits.push({ start, end, text: JSON.stringify(left) });
    },
    close(notes) {
      if (notes.data !== null && notes.type === 'text') redact(notes, 'data', notes.data);
      // A seal on a text that was changed is broken: without one, the thought is left out where it would be checked.
      if (notes.edited && notes.seal !== null) edits.push({ ...notes.seal, text: '""' });
    },
  };
  walkJson(json, visitor);
  return applyEdits(json, edits);
}

function notesOf(parent: Notes | null, key: string, allFree: boolean): Notes {
  const isFree = parent === null ? allFree : parent.free || (parent.isTop ? freeAtTop : free).has(key);
  return {
    free: isFree,
    schema: parent !== null && (parent.schema || schemas.has(key)),
    isTop: parent === null,
    type: '',
    edited: false,
    seal: null,
    data: null,
  };
}

/** What follows a name in JSON; some secrets are told only by the name of the setting before them. */
const between = '": "';

/**
 * One text. Where it is JSON itself (arguments of a call, a result), it stays JSON: its values are looked at one by one,
 * and then it as a whole.
 */
function redactString(text: string, kinds: readonly RedactableKind[], key: string, isFree: boolean): string {
  const inside = isJson(text) ? redactJson(Buffer.from(text), kinds, true).toString('utf8') : text;
  const whole = isFree && key !== '' ? afterName(inside, key, kinds) : redactText(inside, kinds);
  if (whole === inside || inside === text) return whole;
  return isJson(whole) || key !== 'arguments' ? whole : inside;
}

function afterName(text: string, key: string, kinds: readonly RedactableKind[]): string {
  const named = redactText(`${key}${between}${text}`, kinds);
  const start = `${key}${between}`;
  return named.startsWith(start) ? redactText(named.slice(start.length), kinds) : redactText(text, kinds);
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  const value = parseJson(text);
  return isWireObject(value) || Array.isArray(value);
}
