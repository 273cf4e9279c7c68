import { findMembers } from '../dialects/json-members.ts';

/** A JSON object without some of its members; the others' values stay as they were written. */
export function withoutMembers(json: Buffer, names: readonly string[]): Buffer {
  const { list } = findMembers(json);
  const kept = list.filter(({ key }) => !names.includes(key));
  if (kept.length === list.length) return json;
  const parts = kept.flatMap(({ key, valueStart, valueEnd }, index) => [
    Buffer.from(`${index === 0 ? '' : ','}${JSON.stringify(key)}:`),
    json.subarray(valueStart, valueEnd),
  ]);
  return Buffer.concat([Buffer.from('{'), ...parts, Buffer.from('}')]);
}
