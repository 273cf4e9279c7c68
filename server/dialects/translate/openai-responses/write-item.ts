import { foreignId } from '../../openai-responses/foreign-reasoning.ts';
import { isWireObject, parseJson, type WireObject } from '../../wire-value.ts';
import type { PartStart } from '../neutral-answer.ts';
import { sealed } from './reasoning-item.ts';
import { type ToolKind, textOfArguments } from './tool-kinds.ts';

/** A part of an answer as far as it has come. */
export interface Grown {
  readonly start: PartStart;
  /** Its text, or its arguments' JSON. */
  readonly text: string;
  readonly signature: string;
}

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

const foreignPrefix = foreignId.slice(0, -1);
const prefixes: Readonly<Record<PartStart['kind'], string>> = {
  text: 'msg',
  refusal: 'msg',
  thinking: foreignPrefix,
  redacted_thinking: foreignPrefix,
  tool_call: 'fc',
};

/** The id of an item: OpenAI checks that its beginning fits its type when a client sends it back. */
export function itemId(kind: PartStart['kind'], response: string, index: number, tool?: ToolKind): string {
  const prefix = tool?.kind === 'custom' ? 'ctc' : prefixes[kind];
  return `${prefix}_${response.replace(/^resp_/, '')}_${index}`;
}

/** A part of an answer as an output item. Each is one of its own, so that the order of the answer stays. */
export function writeItem(
  id: string,
  { start, text, signature }: Grown,
  status: ItemStatus,
  asked: WireObject,
  kind?: ToolKind,
): object {
  switch (start.kind) {
    case 'text':
    case 'refusal':
      return {
        id,
        type: 'message',
        status,
        role: 'assistant',
        content: status === 'in_progress' ? [] : [writePart(start, text)],
      };
    case 'tool_call': {
      const { name = start.name, namespace } = kind ?? {};
      const place = {
        id,
        status,
        call_id: start.id,
        name,
        ...(namespace === undefined ? {} : { namespace }),
      };
      if (kind?.kind === 'custom')
        return {
          ...place,
          type: 'custom_tool_call',
          input: status === 'in_progress' ? '' : textOfArguments(text),
        };
      const whole = text || (status === 'in_progress' ? '' : '{}');
      return { ...place, type: 'function_call', arguments: whole };
    }
    case 'thinking':
      return {
        id,
        type: 'reasoning',
        summary: text === '' ? [] : [{ type: 'summary_text', text }],
        // Without a signature too: clients that leave ids out are known by it.
        ...(wantsSealed(asked) ? { encrypted_content: sealed(signature === '' ? {} : { signature }) } : {}),
      };
    case 'redacted_thinking':
      return {
        id,
        type: 'reasoning',
        summary: [],
        ...(wantsSealed(asked) ? { encrypted_content: sealed({ redacted: start.data }) } : {}),
      };
  }
}

/** The content part of a message. */
export function writePart(start: PartStart, text: string): object {
  return start.kind === 'refusal'
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', annotations: [], logprobs: [], text };
}

/** Whether the client keeps its conversation itself, and sends reasoning back. */
export function wantsSealed({ include }: WireObject): boolean {
  return Array.isArray(include) && include.includes('reasoning.encrypted_content');
}

/** How an item ends: a call that was cut off must not be run. */
export function endOfItem({ start, text }: Grown, cut: boolean): ItemStatus {
  if (start.kind !== 'tool_call' || text === '') return cut ? 'incomplete' : 'completed';
  return isWireObject(parseJson(text)) ? 'completed' : 'incomplete';
}
