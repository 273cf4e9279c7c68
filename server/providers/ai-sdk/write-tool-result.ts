import type { LanguageModelV3ToolResultPart } from '@ai-sdk/provider';
import type { Dropped } from '../../dialects/translate/dropped.ts';
import type { ToolResultPart } from '../../dialects/translate/neutral.ts';
import type { Carrier } from './carrier.ts';
import { writeMedia } from './write-media.ts';

type Output = LanguageModelV3ToolResultPart['output'];
type Parts = Extract<Output, { type: 'content' }>['value'];

/**
 * A tool's result. All its text goes in one piece: the libraries make a result of its own of every piece. None of them
 * carries that it failed.
 */
export function writeToolResult(
  part: ToolResultPart,
  carrier: Carrier,
  toolNames: ReadonlyMap<string, string>,
  dropped: Dropped,
): LanguageModelV3ToolResultPart {
  if (part.isError) dropped.add('messages[].tool_result.is_error');
  return {
    type: 'tool-result',
    toolCallId: part.callId,
    toolName: toolNames.get(part.callId) ?? part.callId,
    output: outputOf(part, carrier, dropped),
  };
}

function outputOf({ parts }: ToolResultPart, carrier: Carrier, dropped: Dropped): Output {
  const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n');
  const media = parts.flatMap((part): Parts => {
    if (part.kind === 'text') return [];
    const written = carrier.toolMedia ? writeMedia(part, carrier, dropped) : undefined;
    // By address only bytes would do: the libraries would fetch them, from inside this network.
    if (written === undefined || typeof written.data !== 'string') {
      dropped.add(`messages[].tool_result.${part.kind}`);
      return [];
    }
    const { data, mediaType } = written;
    return [
      part.kind === 'image'
        ? { type: 'image-data', data, mediaType }
        : { type: 'file-data', data, mediaType },
    ];
  });
  if (media.length === 0) return { type: 'text', value: text };
  return { type: 'content', value: text === '' ? media : [{ type: 'text', text }, ...media] };
}
