import { findMembers, type Member, setMembers } from '../dialects/json-members.ts';
import { isWireObject, parseJson } from '../dialects/wire-value.ts';
import { shortToolIds } from './short-tool-ids.ts';

/** How a provider's Chat Completions differ from OpenAI's, where it would refuse the call. */
export interface FieldQuirks {
  /** It refuses every field that is not among these; absent where it ignores what it does not know. */
  readonly known?: readonly string[];
  /** Fields it refuses, by what a model's name contains; `''` is every model. */
  readonly refused?: Readonly<Record<string, readonly string[]>>;
  /** Fields it knows by another name. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Fields that are taken out and are no loss, since it does what they ask for unasked. */
  readonly needless?: readonly string[];
  /** Fields of a message that it refuses. */
  readonly messageFields?: readonly string[];
  /** It gives one answer only: `n` above 1 is refused. */
  readonly single?: boolean;
  /** Ids of tool calls have exactly so many letters and digits. */
  readonly toolIds?: number;
}

export interface FittedBody {
  readonly body: Buffer;
  /** What the provider was not told. */
  readonly dropped: readonly string[];
}

const nothing: readonly string[] = Object.freeze([]);

/** A chat completion as this provider takes it; the very same bytes where nothing has to change. */
export function fitBody(body: Buffer, model: string, quirks: FieldQuirks): FittedBody {
  const members = findMembers(body);
  const dropped: string[] = [];
  const kept: string[] = [];
  const values: Buffer[] = [];
  const names = new Set(members.list.map(({ key }) => key));
  let changed = false;
  for (const member of members.list) {
    const { key } = member;
    const value = body.subarray(member.valueStart, member.valueEnd);
    const name = quirks.renamed?.[key] ?? key;
    const fate = fateOf(member, value, model, quirks, name !== key && names.has(name));
    if (fate === 'loss') dropped.push(key);
    if (fate !== 'kept') {
      changed = true;
      continue;
    }
    if (name !== key) changed = true;
    kept.push(name);
    values.push(value);
  }
  const fields = changed ? writeObject(kept, values) : body;
  const fitted = fitMessages(fields, quirks);
  if (fitted.dropped.length > 0) dropped.push(...fitted.dropped);
  return { body: fitted.body, dropped: dropped.length === 0 ? nothing : dropped };
}

function fateOf(
  { key }: Member,
  value: Buffer,
  model: string,
  quirks: FieldQuirks,
  doubled: boolean,
): 'kept' | 'loss' | 'no loss' {
  if (quirks.needless?.includes(key) === true || doubled) return 'no loss';
  const name = quirks.renamed?.[key] ?? key;
  const unknown = quirks.known !== undefined && !quirks.known.includes(name);
  const refused = Object.entries(quirks.refused ?? {}).some(
    ([part, fields]) => model.includes(part) && fields.includes(key),
  );
  const tooMany = quirks.single === true && key === 'n';
  if (!unknown && !refused && !(tooMany && value.toString() !== '1')) return 'kept';
  return changesNothing(value) || (key === 'n' && value.toString() === '1') ? 'no loss' : 'loss';
}

/** Values that ask for what happens anyway. */
function changesNothing(value: Buffer): boolean {
  return value.length <= 5 && /^(?:null|false|0(?:\.0+)?|""|\{\}|\[\])$/.test(value.toString());
}

function writeObject(names: readonly string[], values: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [];
  for (const [index, name] of names.entries()) {
    parts.push(Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`), values[index] ?? empty);
  }
  parts.push(Buffer.from(names.length === 0 ? '{}' : '}'));
  return Buffer.concat(parts);
}

const empty = Buffer.from('null');

/** Messages are only read where the provider minds what is in them. */
function fitMessages(body: Buffer, { messageFields, toolIds }: FieldQuirks): FittedBody {
  if (messageFields === undefined && toolIds === undefined) return { body, dropped: nothing };
  const wire = parseJson(body.toString('utf8'));
  const messages = isWireObject(wire) ? wire.messages : undefined;
  if (!Array.isArray(messages)) return { body, dropped: nothing };
  const dropped = new Set<string>();
  let fitted: readonly unknown[] = messages.map((message: unknown) =>
    withoutFields(message, messageFields ?? [], dropped),
  );
  if (toolIds !== undefined) fitted = shortToolIds(fitted, toolIds);
  if (fitted.every((message, index) => message === messages[index])) return { body, dropped: nothing };
  const set = new Map([['messages', JSON.stringify(fitted)]]);
  return { body: setMembers(body, findMembers(body), set), dropped: [...dropped] };
}

function withoutFields(message: unknown, fields: readonly string[], dropped: Set<string>): unknown {
  if (!isWireObject(message)) return message;
  const refused = fields.filter((field) => message[field] !== undefined);
  if (refused.length === 0) return message;
  for (const field of refused) dropped.add(`messages[].${field}`);
  return Object.fromEntries(Object.entries(message).filter(([key]) => !refused.includes(key)));
}
