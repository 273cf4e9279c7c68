import { z } from 'zod';
import { isWireObject, type WireObject } from '../../dialects/index.ts';

/** What form of answer a client asked for. */
export type AskedFormat =
  | { readonly kind: 'any' }
  | { readonly kind: 'json' }
  | { readonly kind: 'schema'; readonly schema: WireObject };

const any = Object.freeze({ kind: 'any' } as const);
const json = Object.freeze({ kind: 'json' } as const);

/** Read where each dialect has it; bodies of different dialects share no name for it. */
export function askedFormat(wire: WireObject): AskedFormat {
  const chat = objectOf(wire.response_format);
  const responses = objectOf(objectOf(wire.text).format);
  const anthropic = objectOf(objectOf(wire.output_config).format ?? wire.output_format);
  const schema = objectOf(chat.json_schema).schema ?? responses.schema ?? anthropic.schema;
  if (isWireObject(schema)) return { kind: 'schema', schema };
  const google = objectOf(wire.generationConfig ?? wire.generation_config);
  const own = google.responseJsonSchema ?? google.response_json_schema;
  if (isWireObject(own)) return { kind: 'schema', schema: own };
  const dialectOwn = google.responseSchema ?? google.response_schema;
  if (isWireObject(dialectOwn)) return { kind: 'schema', schema: asJsonSchema(dialectOwn) };
  const type = google.responseMimeType ?? google.response_mime_type;
  const isJson =
    chat.type === 'json_object' || responses.type === 'json_object' || type === 'application/json';
  return isJson ? json : any;
}

function objectOf(value: unknown): WireObject {
  return isWireObject(value) ? value : {};
}

/** Google's own schema says `OBJECT` and `nullable` where JSON Schema says `object` and `null`. */
function asJsonSchema(schema: WireObject): WireObject {
  const { type, nullable, properties, items, anyOf, propertyOrdering: _, ...rest } = schema;
  const name = typeof type === 'string' ? type.toLowerCase() : undefined;
  return {
    ...rest,
    ...(name === undefined ? {} : { type: nullable === true ? [name, 'null'] : name }),
    ...(isWireObject(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, value]) => [key, asJsonSchema(objectOf(value))]),
          ),
        }
      : {}),
    ...(isWireObject(items) ? { items: asJsonSchema(items) } : {}),
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.map((one) => asJsonSchema(objectOf(one))) } : {}),
  };
}

/** Whether a value fits a JSON schema; `undefined` where the schema asks for more than can be checked here. */
export function fitsSchema(value: unknown, schema: WireObject): boolean | undefined {
  try {
    return z.fromJSONSchema(schema).safeParse(value).success;
  } catch {
    return undefined;
  }
}
