import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import { signalRegistry, type ValueType } from '../signals/index.ts';

/** Bounds on what an author may write, so that checking a hostile text stays cheap. */
export const limits = { maxCharacters: 4_000, maxAstNodes: 2_000, maxDepth: 50 } as const;

const celTypes: Readonly<Record<ValueType, string>> = {
  int: 'int',
  double: 'double',
  bool: 'bool',
  string: 'string',
  string_list: 'list<string>',
  string_map: 'map<string, string>',
  double_map: 'map<string, double>',
};

let environment: Environment | undefined;

/** Parses a CEL text against the signals. Throws the library's `ParseError` on bad syntax. */
export function parseCel(text: string): ParseResult {
  environment ??= makeEnvironment();
  return environment.parse(text);
}

/** `request.input_tokens` is field `input_tokens` of variable `request`; `draw` is a variable of its own. */
function makeEnvironment(): Environment {
  const fields = new Map<string, Record<string, string>>();
  const built = new Environment({
    unlistedVariablesAreDyn: false,
    limits: { maxAstNodes: limits.maxAstNodes, maxDepth: limits.maxDepth },
  });
  for (const signal of signalRegistry) {
    const [head, field] = splitName(signal.name);
    if (field === undefined) {
      built.registerVariable(head, celTypes[signal.valueType]);
      continue;
    }
    const schema = fields.get(head) ?? {};
    schema[field] = celTypes[signal.valueType];
    fields.set(head, schema);
  }
  for (const [head, schema] of fields) built.registerVariable(head, { schema });
  return built;
}

function splitName(name: string): readonly [string, string | undefined] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name, undefined] : [name.slice(0, dot), name.slice(dot + 1)];
}
