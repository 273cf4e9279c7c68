import type { Dropped } from '../dropped.ts';
import { type Fields, present } from '../fields.ts';
import type { Tool, ToolChoice } from '../neutral.ts';
import { googleList, googleObject } from './google-fields.ts';
import { jsonSchemaOf } from './schema.ts';

export interface ToolsReading {
  readonly tools: readonly Tool[];
  readonly toolChoice?: ToolChoice | undefined;
}

/** Functions. Tools that Google runs itself (search, code, maps) are named as dropped. */
export function readTools(fields: Fields, dropped: Dropped): ToolsReading {
  const offered = googleList(fields, 'tools').flatMap((tool) => {
    const functions = googleList(tool, 'functionDeclarations').map((one) => readFunction(one, dropped));
    tool.rest(dropped);
    return functions;
  });
  const { toolChoice, allowed } = readChoice(fields, dropped);
  return { tools: offered.filter(({ name }) => allowed === undefined || allowed.has(name)), toolChoice };
}

function readFunction(declared: Fields, dropped: Dropped): Tool {
  const openApi = declared.wire('parameters');
  const schema =
    declared.wire('parametersJsonSchema') ?? (openApi === undefined ? undefined : jsonSchemaOf(openApi));
  const read = present({
    name: declared.requiredText('name'),
    description: declared.text('description'),
    schema,
  });
  // What a function answers is for its documentation only.
  declared.raw('response');
  declared.raw('responseJsonSchema');
  declared.rest(dropped);
  return read;
}

interface ChoiceReading {
  readonly toolChoice?: ToolChoice;
  /** The only functions that may be called. */
  readonly allowed?: ReadonlySet<string>;
}

function readChoice(fields: Fields, dropped: Dropped): ChoiceReading {
  const config = googleObject(fields, 'toolConfig');
  const calling = config === undefined ? undefined : googleObject(config, 'functionCallingConfig');
  config?.rest(dropped);
  if (calling === undefined) return {};
  const mode = calling.text('mode')?.toUpperCase() ?? 'AUTO';
  const names = (calling.list('allowedFunctionNames') ?? []).filter(
    (one): one is string => typeof one === 'string',
  );
  calling.rest(dropped);
  const only = names.length === 0 ? {} : { allowed: new Set(names) };
  switch (mode) {
    case 'NONE':
      return { toolChoice: { kind: 'none' } };
    case 'ANY': {
      const [name] = names;
      if (names.length === 1 && name !== undefined) return { toolChoice: { kind: 'named', name }, ...only };
      return { toolChoice: { kind: 'required' }, ...only };
    }
    case 'VALIDATED':
      // Calls held to their schema: a promise that no other dialect makes in the same way.
      dropped.add(calling.lost('mode.VALIDATED'));
      return { toolChoice: { kind: 'auto' }, ...only };
    case 'AUTO':
    case 'MODE_UNSPECIFIED':
      return { toolChoice: { kind: 'auto' } };
    default:
      dropped.add(calling.lost('mode'));
      return {};
  }
}
