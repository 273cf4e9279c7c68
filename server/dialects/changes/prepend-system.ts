import type { Dialect } from '#engine/signals/index.ts';
import { findMembers, type Member, setMembers } from '../json-members.ts';
import { isWireObject, parseJson, textOf } from '../wire-value.ts';
import { applyEdits } from './json-edits.ts';

/** A body with a text in front of the client's own system prompt; `undefined` where the dialect has no place for one. */
export function prependSystem(json: Buffer, dialect: Dialect, text: string): Buffer | undefined {
  switch (dialect) {
    case 'openai-chat':
      return changeMember(json, 'messages', (written, value) => withMessage(written, value, text));
    case 'openai-responses':
      return changeMember(json, 'instructions', (_, value) => JSON.stringify(joined(text, textOf(value))));
    case 'anthropic-messages':
      return changeMember(json, 'system', (written, value) =>
        Array.isArray(value)
          ? withFirst(written, { type: 'text', text })
          : JSON.stringify(joined(text, textOf(value))),
      );
    case 'google-generate':
      return withInstruction(json, text);
    case 'openai-completions':
    case 'openai-embeddings':
      return undefined;
  }
}

function joined(text: string, own: string): string {
  return own === '' ? text : `${text}\n\n${own}`;
}

type Change = (written: Buffer, value: unknown) => string;

/** Changes every occurrence of a member, since readers differ on which counts; adds it where there is none. */
function changeMember(json: Buffer, key: string, change: Change): Buffer {
  const members = findMembers(json);
  const found = members.list.filter((member) => member.key === key);
  if (found.length === 0) {
    return setMembers(json, members, new Map([[key, change(Buffer.from('null'), null)]]));
  }
  return applyEdits(
    json,
    found.map((member) => editOf(json, member, change)),
  );
}

function editOf(json: Buffer, { valueStart: start, valueEnd: end }: Member, change: Change) {
  const written = json.subarray(start, end);
  return { start, end, text: change(written, parseJson(written.toString('utf8'))) };
}

/** A list with one more item in front, its own bytes as they were. */
function withFirst(list: Buffer, item: object): string {
  const rest = list.toString('utf8').slice(1).trimStart();
  return `[${JSON.stringify(item)}${rest === ']' ? '' : ','}${rest}`;
}

/** Many models take one system message only, so the text joins the client's own where it begins with one. */
function withMessage(list: Buffer, value: unknown, text: string): string {
  const first: unknown = Array.isArray(value) ? value[0] : undefined;
  const isSystem = isWireObject(first) && (first.role === 'system' || first.role === 'developer');
  if (!isSystem) return withFirst(list, { role: 'system', content: text });
  return changeMember(list, 'content', (written, content) =>
    Array.isArray(content)
      ? withFirst(written, { type: 'text', text })
      : JSON.stringify(joined(text, textOf(content))),
  ).toString('utf8');
}

/** Google writes a prompt as a content with parts; both spellings of its name are taken. */
function withInstruction(json: Buffer, text: string): Buffer {
  const written = findMembers(json).list.find(({ key }) => key === 'system_instruction');
  const name = written === undefined ? 'systemInstruction' : 'system_instruction';
  return changeMember(json, name, (content, value) => {
    if (!isWireObject(value)) return JSON.stringify({ parts: [{ text }, ...partsOf(value)] });
    return changeMember(content, 'parts', (parts, list) =>
      Array.isArray(list) ? withFirst(parts, { text }) : JSON.stringify([{ text }]),
    ).toString('utf8');
  });
}

function partsOf(value: unknown): readonly object[] {
  return textOf(value) === '' ? [] : [{ text: textOf(value) }];
}
