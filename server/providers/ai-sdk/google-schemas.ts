import type { Neutral } from '../../dialects/translate/neutral.ts';
import { isWireObject, parseJson, type WireObject } from '../../dialects/wire-value.ts';

/**
 * The body of a Gemini call with the tools' own JSON Schemas (`parametersJsonSchema`), which Gemini takes as they are. The
 * library knows only the older form, and leaves out of it what that cannot say: ranges, patterns, `additionalProperties`.
 */
export function withToolSchemas(text: string, { tools }: Neutral): string {
  const schemas = new Map(tools.map(({ name, schema }) => [name, schema]));
  const body = parseJson(text);
  if (schemas.size === 0 || !isWireObject(body) || !Array.isArray(body.tools)) return text;
  const written = body.tools.map((tool: unknown) => {
    if (!isWireObject(tool) || !Array.isArray(tool.functionDeclarations)) return tool;
    return { ...tool, functionDeclarations: tool.functionDeclarations.map((one) => declare(one, schemas)) };
  });
  return JSON.stringify({ ...body, tools: written });
}

function declare(declaration: unknown, schemas: ReadonlyMap<string, WireObject | undefined>): unknown {
  if (!isWireObject(declaration) || typeof declaration.name !== 'string') return declaration;
  const { parameters: _, ...rest } = declaration;
  const schema = schemas.get(declaration.name);
  return schema === undefined ? rest : { ...rest, parametersJsonSchema: schema };
}

/** What the library carries of a schema for the answer, and what only explains. */
const carried = new Set([
  ...['type', 'description', 'required', 'properties', 'items', 'allOf', 'anyOf', 'oneOf', 'format'],
  ...['const', 'enum', 'minLength', '$ref', '$defs', 'definitions'],
  ...['title', 'examples', 'default', '$schema', '$id', '$comment'],
]);

/** Keywords of an answer's schema that the library leaves out without a word. */
export function lostKeywords(schema: unknown, found = new Set<string>()): ReadonlySet<string> {
  if (Array.isArray(schema)) for (const one of schema) lostKeywords(one, found);
  if (!isWireObject(schema)) return found;
  for (const [keyword, value] of Object.entries(schema)) {
    if (!carried.has(keyword)) found.add(keyword);
    else if (['properties', '$defs', 'definitions'].includes(keyword)) {
      for (const one of isWireObject(value) ? Object.values(value) : []) lostKeywords(one, found);
    } else if (['items', 'allOf', 'anyOf', 'oneOf'].includes(keyword)) lostKeywords(value, found);
  }
  return found;
}
