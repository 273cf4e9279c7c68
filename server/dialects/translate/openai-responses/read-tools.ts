import { isWireObject } from '../../wire-value.ts';
import type { Dropped } from '../dropped.ts';
import { type Fields, fieldsOf, present, UnreadableBody } from '../fields.ts';
import type { Tool, ToolChoice } from '../neutral.ts';
import { flatName } from './tool-kinds.ts';

/** Functions, and custom tools as functions of one text. Tools that OpenAI runs itself are named as dropped. */
export function readTools(fields: Fields, dropped: Dropped, namespace?: string): readonly Tool[] {
  return fieldsOf(fields.list('tools') ?? [], fields.place('tools')).flatMap((tool) => {
    const type = tool.text('type') ?? 'function';
    if (type === 'namespace') {
      // Its description is for people who choose among groups.
      tool.raw('description');
      return readTools(tool, dropped, tool.requiredText('name'));
    }
    if (type !== 'function' && type !== 'custom') {
      dropped.add(`tools.${type}`);
      return [];
    }
    const name = flatName(tool.requiredText('name'), namespace);
    const read = type === 'custom' ? customTool(name, tool) : functionTool(name, tool);
    tool.rest(dropped);
    return [read];
  });
}

function functionTool(name: string, tool: Fields): Tool {
  return present({
    name,
    description: tool.text('description'),
    schema: tool.wire('parameters'),
    strict: tool.flag('strict'),
  });
}

/** A tool of free text, with the grammar it has to follow in its description: nobody else holds an answer to one. */
function customTool(name: string, tool: Fields): Tool {
  const format = tool.wire('format');
  const definition = typeof format?.definition === 'string' ? format.definition : '';
  const grammar =
    definition === '' ? '' : `\n\nThe input follows this ${String(format?.syntax)} grammar:\n${definition}`;
  return {
    name,
    description: `${tool.text('description') ?? ''}${grammar}`,
    schema: {
      type: 'object',
      properties: {
        input: { type: 'string', description: 'The tool’s input as it is, not wrapped in anything.' },
      },
      required: ['input'],
      additionalProperties: false,
    },
  };
}

export interface ChoiceReading {
  readonly toolChoice?: ToolChoice | undefined;
  /** The only tools that may be called. */
  readonly allowed?: ReadonlySet<string>;
}

export function readToolChoice(fields: Fields, dropped: Dropped): ChoiceReading {
  const choice = fields.raw('tool_choice');
  if (choice === undefined) return {};
  if (choice === 'auto' || choice === 'none' || choice === 'required')
    return { toolChoice: { kind: choice } };
  if (isWireObject(choice)) {
    if ((choice.type === 'function' || choice.type === 'custom') && typeof choice.name === 'string')
      return { toolChoice: { kind: 'named', name: choice.name } };
    if (choice.type === 'allowed_tools') return readAllowed(choice);
    // An answer without the tool that it was to come from would look like one.
    throw new UnreadableBody(
      'tool_choice',
      `demands ${String(choice.type)}, which only OpenAI runs. Offer a function, or choose a model of OpenAI's.`,
    );
  }
  dropped.add('tool_choice');
  return {};
}

/** Refuses a request that wants a tool called where none is left that the chosen model could call. */
export function requireTools(
  fields: Fields,
  tools: readonly Tool[],
  toolChoice: ToolChoice | undefined,
): void {
  const offered = fields.list('tools') ?? [];
  if (toolChoice?.kind !== 'required' || tools.length > 0 || offered.length === 0) return;
  throw new UnreadableBody(
    'tools',
    "hold only tools that OpenAI runs itself, and one is to be called. Offer a function, or choose a model of OpenAI's.",
  );
}

/** A list of the tools that may be called is the same as offering no others. */
function readAllowed(choice: Readonly<Record<string, unknown>>): ChoiceReading {
  const list = Array.isArray(choice.tools) ? choice.tools : [];
  const names = list.flatMap((tool: unknown) =>
    isWireObject(tool) && typeof tool.name === 'string' ? [tool.name] : [],
  );
  return { toolChoice: { kind: choice.mode === 'required' ? 'required' : 'auto' }, allowed: new Set(names) };
}
