import { camelNames } from '../../google-generate/field-names.ts';
import { isWireObject, type WireObject } from '../../wire-value.ts';

/** Keywords whose value Google writes as a text, being 64-bit. */
const counts = new Set(['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties']);
/** Keywords that say nothing to a JSON Schema. */
const silent = new Set(['propertyOrdering', 'example', 'nullable']);

/** Google's `Schema` (a part of OpenAPI 3.0, types in capitals) as a JSON Schema. */
export function jsonSchemaOf(written: WireObject): WireObject {
  const wire = camelNames(written);
  const schema: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wire)) {
    if (silent.has(key)) continue;
    schema[key] = memberOf(key, value, wire.nullable === true);
  }
  // `format: enum` says only that there is an enum, which stands there too.
  if (schema.format === 'enum') delete schema.format;
  return schema;
}

function memberOf(key: string, value: unknown, nullable: boolean): unknown {
  if (key === 'type' && typeof value === 'string') {
    const type = value.toLowerCase();
    return nullable && type !== 'null' ? [type, 'null'] : type;
  }
  if (key === 'enum' && nullable && Array.isArray(value) && !value.includes(null)) return [...value, null];
  if (counts.has(key) && typeof value === 'string') return Number(value);
  if (key === 'items' && isWireObject(value)) return jsonSchemaOf(value);
  if (key === 'anyOf' && Array.isArray(value)) {
    return value.map((one: unknown) => (isWireObject(one) ? jsonSchemaOf(one) : one));
  }
  if (key === 'properties' && isWireObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, isWireObject(one) ? jsonSchemaOf(one) : one]),
    );
  }
  return value;
}
