import { Heard } from './legality.ts';
import { framesOf } from './stream-tools.ts';

interface WirePart {
  readonly text?: string;
  readonly thought?: boolean;
  readonly thoughtSignature?: string;
  readonly functionCall?: { readonly id?: string; readonly name: string; readonly args: object };
}

interface WireChunk {
  readonly error?: { readonly code: number; readonly message: string; readonly status: string };
  readonly candidates?: readonly {
    readonly index: number;
    readonly content: { readonly role: string; readonly parts: readonly WirePart[] };
    readonly finishReason?: string;
  }[];
  readonly usageMetadata?: object;
  readonly responseId?: string;
  readonly modelVersion?: string;
}

function must(ok: boolean, what: string): asserts ok {
  if (!ok) throw new Error(`Illegal: ${what}`);
}

/**
 * Checks a stream against Google's reference of `GenerateContentResponse`, written from it and from nothing of ours; throws.
 * Parts are never empty objects (official clients take an answer with one as invalid), calls come whole, nothing follows a
 * finish reason or an error.
 */
export function hearGoogle(text: string): Heard {
  const heard = new Heard();
  for (const { name, data } of framesOf(text)) {
    must(name === '', 'Google names no events');
    must(heard.ending === 'cut', 'a chunk after the end');
    hearChunk(JSON.parse(data), heard);
  }
  return heard;
}

function hearChunk(chunk: WireChunk, heard: Heard): void {
  if (chunk.error !== undefined) {
    const { code, message, status } = chunk.error;
    must(
      code >= 400 && message !== '' && /^[A-Z_]+$/.test(status),
      'an error without code, message or status',
    );
    heard.ending = 'error';
    return;
  }
  const [candidate] = chunk.candidates ?? [];
  must(candidate !== undefined && candidate.index === 0, 'a chunk without a candidate');
  must(typeof chunk.responseId === 'string' && typeof chunk.modelVersion === 'string', 'a chunk of nobody');
  const { content, finishReason } = candidate;
  must(content.role === 'model' && content.parts.length > 0, 'a content without parts');
  for (const part of content.parts) hearPart(part, heard);
  if (chunk.usageMetadata !== undefined) heard.usage = chunk.usageMetadata;
  if (finishReason === undefined) return;
  heard.stopReason = finishReason;
  heard.ending = 'complete';
}

function hearPart(part: WirePart, heard: Heard): void {
  must(Object.keys(part).length > 0, 'an empty part');
  const { functionCall: call, thought, text = '', thoughtSignature } = part;
  if (call !== undefined) {
    must(typeof call.args === 'object' && !Array.isArray(call.args), 'arguments that are no object');
    heard.kinds.push('call');
    heard.calls.push({ id: call.id ?? '', name: call.name, json: JSON.stringify(call.args) });
    return;
  }
  if (thoughtSignature !== undefined) heard.signatures.push(thoughtSignature);
  if (thought === true) heard.thinking += text;
  else heard.text += text;
}
