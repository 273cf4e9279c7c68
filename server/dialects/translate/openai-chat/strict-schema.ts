import { isWireObject, type WireObject } from '../../wire-value.ts';

/**
 * Whether OpenAI can hold an answer to this schema: every object closed and every property required (structured
 * outputs, supported schemas). A schema that is not is refused under `strict`, not held loosely.
 */
export function isStrictSchema(schema: WireObject): boolean {
  const properties = schema.properties;
  if (schema.type === 'object' || isWireObject(properties)) {
    const required = schema.required;
    const names = isWireObject(properties) ? Object.keys(properties) : [];
    if (schema.additionalProperties !== false) return false;
    if (names.length > 0 && !(Array.isArray(required) && names.every((name) => required.includes(name))))
      return false;
  }
  return innerSchemas(schema).every(isStrictSchema);
}

function innerSchemas(schema: WireObject): readonly WireObject[] {
  const named = ['properties', '$defs', 'definitions'].flatMap((key) => {
    const value = schema[key];
    return isWireObject(value) ? Object.values(value) : [];
  });
  const listed = ['anyOf', 'oneOf', 'allOf'].flatMap((key) => {
    const value = schema[key];
    return Array.isArray(value) ? value : [];
  });
  return [...named, ...listed, schema.items].filter(isWireObject);
}
