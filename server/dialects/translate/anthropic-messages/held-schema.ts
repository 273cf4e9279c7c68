import { isWireObject, type WireObject } from '../../wire-value.ts';
import type { Dropped } from '../dropped.ts';

/** Keywords that Anthropic's structured outputs refuse (structured outputs, JSON Schema limitations, 2026-11). */
const refused = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'patternProperties',
  'propertyNames',
]);

const formats = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'uri', 'ipv4', 'ipv6', 'uuid'];

/**
 * A schema that Anthropic can hold an answer to: objects closed, as it demands, and the limits it refuses taken out and
 * named as dropped. The result describes the same documents or fewer where it closes an object, more where it drops a
 * limit.
 */
export function heldSchema(schema: WireObject, name: string, dropped: Dropped): WireObject {
  const held: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (isRefused(key, value)) dropped.add(`${name}.${key}`);
    // `oneOf` is not taken; `anyOf` is what a generator can hold of it.
    else held[key === 'oneOf' ? 'anyOf' : key] = holdMember(key, value, name, dropped);
  }
  if (isObjectSchema(schema)) {
    if (schema.additionalProperties !== undefined && schema.additionalProperties !== false)
      dropped.add(`${name}.additionalProperties`);
    held.additionalProperties = false;
  }
  return held;
}

function isRefused(key: string, value: unknown): boolean {
  if (key === 'minItems') return value !== 0 && value !== 1;
  if (key === 'format') return typeof value === 'string' && !formats.includes(value);
  return refused.has(key);
}

function holdMember(key: string, value: unknown, name: string, dropped: Dropped): unknown {
  if ((key === 'items' || key === 'not') && isWireObject(value)) return heldSchema(value, name, dropped);
  if (Array.isArray(value) && (key === 'anyOf' || key === 'oneOf' || key === 'allOf'))
    return value.map((inner: unknown) => (isWireObject(inner) ? heldSchema(inner, name, dropped) : inner));
  if (isWireObject(value) && (key === 'properties' || key === '$defs' || key === 'definitions'))
    return Object.fromEntries(
      Object.entries(value).map(([inner, sub]) => [
        inner,
        isWireObject(sub) ? heldSchema(sub, name, dropped) : sub,
      ]),
    );
  return value;
}

function isObjectSchema(schema: WireObject): boolean {
  const type = schema.type;
  return (
    type === 'object' || (Array.isArray(type) && type.includes('object')) || isWireObject(schema.properties)
  );
}
