import { type NeutralMessage, neutralMessage, type ToolResult } from '#engine/signals/index.ts';
import { metadataOf } from '../client-metadata.ts';
import type { ClientHints, RequestReading } from '../dialect.ts';
import { isWireObject, limitOf, textOf, type WireObject } from '../wire-value.ts';
import { bareModel, camelNames } from './field-names.ts';

/** A `generateContent` body in the neutral form. Model and stream stand in the URL; a body read from a file may name them. */
export function readRequest(written: WireObject, hints: ClientHints): RequestReading {
  const wire = camelNames(written);
  const model = hints.url?.model ?? bareModel(textOf(wire.model));
  if (model === '') {
    return bad(
      'model',
      'The URL must name an alias, a policy or a model (/v1beta/models/auto:generateContent), the body of a file as "model".',
    );
  }
  const messages = readMessages(wire);
  if (!Array.isArray(messages)) return messages;
  const config = objectOf(wire.generationConfig);
  const tools = Array.isArray(wire.tools) ? wire.tools : [];
  return {
    kind: 'ok',
    request: {
      dialect: 'google-generate',
      model,
      stream: hints.url?.stream ?? wire.stream === true,
      messages,
      tools: tools.flatMap(namesOfTool),
      toolCharacters: tools.length === 0 ? 0 : JSON.stringify(tools).length,
      maxOutputTokens: limitOf(config.maxOutputTokens),
      jsonOutput: config.responseMimeType === 'application/json',
      jsonSchema: isWireObject(config.responseSchema) || isWireObject(config.responseJsonSchema),
      reasoningEffort: effortOf(objectOf(config.thinkingConfig)),
      metadata: metadataOf(isWireObject(wire.labels) ? wire.labels : undefined),
      user: hints.user,
      session: hints.session,
      subAgent: hints.subAgent ?? false,
      bytes: hints.bytes,
    },
  };
}

function bad(param: string, message: string): RequestReading & { readonly kind: 'bad' } {
  return { kind: 'bad', param, message };
}

function objectOf(value: unknown): WireObject {
  return isWireObject(value) ? camelNames(value) : {};
}

function readMessages(wire: WireObject): NeutralMessage[] | (RequestReading & { readonly kind: 'bad' }) {
  const { contents, systemInstruction } = wire;
  if (!Array.isArray(contents) || contents.length === 0) {
    return bad('contents', '"contents" must be a list with at least one content.');
  }
  const system = isWireObject(systemInstruction) ? textOfParts(systemInstruction) : textOf(systemInstruction);
  const messages: NeutralMessage[] = [];
  if (system !== '') messages.push(neutralMessage({ role: 'system', text: system }));
  for (let index = 0; index < contents.length; index += 1) {
    const content: unknown = contents[index];
    if (!isWireObject(content) || !Array.isArray(content.parts)) {
      return bad(
        `contents.${index}`,
        `Content ${index} must be an object with a "role" and a list of "parts".`,
      );
    }
    messages.push(readContent(content, content.parts));
  }
  return messages;
}

function textOfParts({ parts }: WireObject): string {
  const list = Array.isArray(parts) ? parts : [];
  return list
    .map((part) => (isWireObject(part) ? textOf(part.text) : ''))
    .filter((text) => text !== '')
    .join('\n');
}

/** What the parts of a content add up to. */
interface Gathered {
  readonly texts: string[];
  readonly results: ToolResult[];
  images: number;
  audio: number;
  files: number;
  calls: number;
  spoken: number;
}

/** A content whose parts are results of functions and nothing else counts as a tool's, not as a turn of the user. */
function readContent({ role }: WireObject, parts: readonly unknown[]): NeutralMessage {
  const gathered: Gathered = { texts: [], results: [], images: 0, audio: 0, files: 0, calls: 0, spoken: 0 };
  for (const part of parts) if (isWireObject(part)) readPart(camelNames(part), gathered);
  const { texts, results, images, audio, files, calls, spoken } = gathered;
  const own = role === 'model' ? 'assistant' : 'user';
  return neutralMessage({
    role: own === 'user' && results.length > 0 && spoken === 0 ? 'tool' : own,
    text: texts.filter((text) => text !== '').join('\n'),
    images,
    audio,
    files,
    toolCalls: calls,
    toolResults: results,
  });
}

function readPart(part: WireObject, gathered: Gathered): void {
  const { functionCall, functionResponse } = part;
  if (isWireObject(functionCall)) {
    gathered.calls += 1;
    gathered.texts.push(`${textOf(functionCall.name)} ${JSON.stringify(functionCall.args ?? {})}`);
    return;
  }
  if (isWireObject(functionResponse)) {
    const response = isWireObject(functionResponse.response) ? functionResponse.response : {};
    gathered.results.push(response.error === undefined ? 'ok' : 'failed');
    gathered.texts.push(JSON.stringify(response));
    const inside = Array.isArray(functionResponse.parts) ? functionResponse.parts : [];
    for (const one of inside) if (isWireObject(one)) readMedia(camelNames(one), gathered);
    return;
  }
  gathered.spoken += 1;
  gathered.texts.push(textOf(part.text));
  readMedia(part, gathered);
}

function readMedia({ inlineData, fileData }: WireObject, gathered: Gathered): void {
  const data = isWireObject(inlineData) ? inlineData : fileData;
  if (!isWireObject(data)) return;
  const type = textOf(camelNames(data).mimeType);
  if (type.startsWith('image/')) gathered.images += 1;
  else if (type.startsWith('audio/')) gathered.audio += 1;
  else gathered.files += 1;
}

/** Functions by name; what Google runs itself (`googleSearch`, `codeExecution`) by its field. */
function namesOfTool(tool: unknown): readonly string[] {
  if (!isWireObject(tool)) return [];
  return Object.entries(camelNames(tool)).flatMap(([field, value]) => {
    if (field !== 'functionDeclarations') return [field];
    const declared = Array.isArray(value) ? value : [];
    return declared.map((one) => (isWireObject(one) ? textOf(one.name) : ''));
  });
}

function effortOf({ thinkingLevel, thinkingBudget }: WireObject): string {
  if (typeof thinkingLevel === 'string') return thinkingLevel.toLowerCase();
  if (typeof thinkingBudget !== 'number' || thinkingBudget < 0) return '';
  if (thinkingBudget === 0) return 'none';
  // The same words for a budget as for Anthropic's.
  return thinkingBudget < 4_096 ? 'low' : thinkingBudget < 16_384 ? 'medium' : 'high';
}
