import { camelNames } from '../../google-generate/field-names.ts';
import { isWireObject, type WireObject } from '../../wire-value.ts';
import { describe, Fields, UnreadableBody } from '../fields.ts';

/** An object of Google's, read field by field in camel case, whichever spelling the client chose. */
export function googleFields(wire: WireObject, at: string): Fields {
  return new Fields(camelNames(wire), at);
}

export function googleObject(fields: Fields, name: string): Fields | undefined {
  const wire = fields.wire(name);
  return wire === undefined ? undefined : googleFields(wire, fields.place(name));
}

export function googleList(fields: Fields, name: string): readonly Fields[] {
  return (fields.list(name) ?? []).map((value, index) => {
    const at = `${fields.place(name)}[${index}]`;
    if (!isWireObject(value)) throw new UnreadableBody(at, `should be an object, not ${describe(value)}.`);
    return googleFields(value, at);
  });
}
