import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { stickyPoint } from '#engine/nodes/index.ts';
import { type Caller, checkNamedSignals, type Dialect, type Signals } from '#engine/signals/index.ts';
import { isWireObject, parseJson, type WireObject } from '../dialects/index.ts';
import { intake } from '../gateway/intake.ts';
import { measure } from '../gateway/measure.ts';

/** Signals from a file, or one sentence that says what is wrong with it. */
export type ReadSignals =
  | { readonly kind: 'ok'; readonly signals: Signals }
  | { readonly kind: 'bad'; readonly message: string };

/** A request from the command line comes with no key. */
const nobody: Caller = { key: 'cli', team: 'default', project: '', tags: [] };

/** Reads signals by name from a JSON file. */
export async function readSignalsFile(path: string): Promise<ReadSignals> {
  const raw = await readBytes(path);
  if (raw === undefined) return { kind: 'bad', message: `There is no file ${path} that can be read.` };
  const checked = checkNamedSignals(parseJson(raw.toString('utf8')));
  return checked.kind === 'ok'
    ? checked
    : { kind: 'bad', message: `${path}: ${checked.problems.join('\n')}` };
}

/**
 * Reads a request body and measures it with the gateway's own functions. The draw is made from the body, so that the same
 * file is decided alike every time.
 */
export async function readRequestFile(
  path: string,
  dialect: Dialect | null,
  at: number,
): Promise<ReadSignals> {
  const raw = await readBytes(path);
  if (raw === undefined) return { kind: 'bad', message: `There is no file ${path} that can be read.` };
  const wire = parseJson(raw.toString('utf8'));
  const taken = intake(raw, {}, dialect ?? (isWireObject(wire) ? dialectOf(wire) : 'openai-chat'));
  if (taken.kind !== 'taken-in') return { kind: 'bad', message: `${path}: ${taken.message}` };
  const context = { draw: () => stickyPoint('decide', raw.toString('utf8')), fingerprint };
  return { kind: 'ok', signals: measure(taken.request, nobody, at, context) };
}

/**
 * Four dialects have no messages and are told by what they have instead; Anthropic's has its system prompt and its tools'
 * schemas in places of its own.
 */
export function dialectOf(wire: WireObject): Dialect {
  const { system, tools, messages, model, max_completion_tokens: limit } = wire;
  if (messages === undefined) {
    if (wire.contents !== undefined) return 'google-generate';
    if (wire.input !== undefined) return isEmbedding(wire) ? 'openai-embeddings' : 'openai-responses';
    // A response may have a stored prompt, which is an object.
    if (wire.prompt !== undefined)
      return isWireObject(wire.prompt) ? 'openai-responses' : 'openai-completions';
  }
  if (limit !== undefined) return 'openai-chat';
  if (system !== undefined || wire.anthropic_version !== undefined || wire.thinking !== undefined) {
    return 'anthropic-messages';
  }
  if (Array.isArray(tools) && tools.length > 0) {
    return tools.some((tool) => isWireObject(tool) && 'input_schema' in tool)
      ? 'anthropic-messages'
      : 'openai-chat';
  }
  const roles = Array.isArray(messages)
    ? messages.map((message) => (isWireObject(message) ? message.role : undefined))
    : [];
  if (roles.some((role) => role === 'system' || role === 'developer' || role === 'tool'))
    return 'openai-chat';
  const asksForClaude =
    typeof model === 'string' && model.startsWith('claude') && wire.max_tokens !== undefined;
  return asksForClaude ? 'anthropic-messages' : 'openai-chat';
}

/** Responses take a text or objects; several texts, or tokens, are there to be embedded. */
function isEmbedding({ input, encoding_format: format, dimensions }: WireObject): boolean {
  if (format !== undefined || dimensions !== undefined) return true;
  return Array.isArray(input) && input.length > 0 && !input.some(isWireObject);
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function readBytes(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch {
    return undefined;
  }
}
