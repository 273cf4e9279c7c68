import { isWireObject } from '../../wire-value.ts';
import type { Dropped } from '../dropped.ts';
import { type Fields, fieldsOf, present } from '../fields.ts';
import type { Tool, ToolChoice } from '../neutral.ts';

/** Functions. Tools that OpenAI runs itself, and custom ones, are named as dropped. */
export function readTools(fields: Fields, dropped: Dropped): readonly Tool[] {
  return fieldsOf(fields.list('tools') ?? [], 'tools').flatMap((tool) => {
    const type = tool.text('type') ?? 'function';
    if (type !== 'function') {
      dropped.add(`tools.${type}`);
      return [];
    }
    const read = present({
      name: tool.requiredText('name'),
      description: tool.text('description'),
      schema: tool.wire('parameters'),
      strict: tool.flag('strict'),
    });
    tool.rest(dropped);
    return [read];
  });
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
    if (choice.type === 'function' && typeof choice.name === 'string')
      return { toolChoice: { kind: 'named', name: choice.name } };
    if (choice.type === 'allowed_tools') return readAllowed(choice);
  }
  dropped.add('tool_choice');
  return {};
}

/** A list of the tools that may be called is the same as offering no others. */
function readAllowed(choice: Readonly<Record<string, unknown>>): ChoiceReading {
  const list = Array.isArray(choice.tools) ? choice.tools : [];
  const names = list.flatMap((tool: unknown) =>
    isWireObject(tool) && typeof tool.name === 'string' ? [tool.name] : [],
  );
  return { toolChoice: { kind: choice.mode === 'required' ? 'required' : 'auto' }, allowed: new Set(names) };
}
