import {
  type NeutralMessage,
  neutralMessage,
  readsAsFailure,
  type ToolResult,
} from '#engine/signals/index.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';

interface Gathered {
  readonly texts: string[];
  images: number;
  files: number;
  toolCalls: number;
  readonly toolResults: ToolResult[];
  /** Blocks in which somebody speaks. */
  spoken: number;
}

/** A message whose blocks are results of tools and nothing said counts as a tool's, not as a turn of the user. */
export function readMessage(message: WireObject): NeutralMessage {
  const { role, content } = message;
  const own = role === 'assistant' || role === 'system' ? role : 'user';
  if (!Array.isArray(content)) return neutralMessage({ role: own, text: textOf(content) });
  const gathered: Gathered = { texts: [], images: 0, files: 0, toolCalls: 0, toolResults: [], spoken: 0 };
  for (const block of content) if (isWireObject(block)) readBlock(block, gathered);
  const { texts, images, files, toolCalls, toolResults, spoken } = gathered;
  return neutralMessage({
    role: own === 'user' && toolResults.length > 0 && spoken === 0 ? 'tool' : own,
    text: texts.length === 1 ? (texts[0] ?? '') : texts.filter((text) => text !== '').join('\n'),
    images,
    files,
    toolCalls,
    toolResults,
  });
}

function readBlock(block: WireObject, gathered: Gathered): void {
  const type = textOf(block.type);
  if (type === 'text') readSpoken(textOf(block.text), gathered);
  else if (type === 'image') gathered.images += 1;
  else if (type === 'document' || type === 'container_upload') readFile(block, gathered);
  else if (type.endsWith('tool_result')) readResult(block, gathered);
  else if (type.endsWith('tool_use')) {
    gathered.toolCalls += 1;
    gathered.texts.push(`${textOf(block.name)} ${JSON.stringify(block.input ?? {})}`);
  } else readSpoken(textOf(block.text) || textOf(block.thinking) || textOfContent(block.content), gathered);
}

function readFile({ source }: WireObject, gathered: Gathered): void {
  gathered.files += 1;
  if (isWireObject(source) && source.type === 'text') gathered.texts.push(textOf(source.data));
}

/** Claude Code puts reminders of its own between the results of tools; the user said nothing then. */
function readSpoken(text: string, gathered: Gathered): void {
  if (!text.startsWith('<system-reminder>')) gathered.spoken += 1;
  gathered.texts.push(text);
}

/** `is_error` says it; of tools that the provider runs, the type of what came back; else the result itself. */
function readResult(block: WireObject, gathered: Gathered): void {
  const text = textOfContent(block.content);
  const refused = isWireObject(block.content) && textOf(block.content.type).endsWith('_error');
  const isFailed = refused || (typeof block.is_error === 'boolean' ? block.is_error : readsAsFailure(text));
  gathered.toolResults.push(isFailed ? 'failed' : 'ok');
  gathered.images += imagesIn(block.content);
  gathered.texts.push(text);
}

/** A text, or the text blocks of a list joined by line feeds. */
export function textOfContent(content: unknown): string {
  if (!Array.isArray(content)) return textOf(content);
  return content
    .map((block) => (isWireObject(block) ? textOf(block.text) : ''))
    .filter((text) => text !== '')
    .join('\n');
}

function imagesIn(content: unknown): number {
  if (!Array.isArray(content)) return 0;
  return content.filter((block) => isWireObject(block) && block.type === 'image').length;
}
