import type { Catalogue, Usage } from '#engine/catalogue/index.ts';
import { classifyTask } from '#engine/classify/index.ts';
import type { ErrorClass } from '#engine/nodes/index.ts';
import { type Dialect, estimateInputTokens, type NeutralRequest } from '#engine/signals/index.ts';
import { dialects, isWireObject, parseJson } from '../../dialects/index.ts';
import { type UpstreamCall, UpstreamFailure } from '../provider.ts';
import { answerQuestion } from './answer-question.ts';
import { answerText } from './answer-text.ts';
import { behaviourOf, simulateAnswer } from './behaviour.ts';
import type { FaultName } from './faults.ts';
import type { SandboxOptions } from './index.ts';
import { makePromptCache, type PromptCache } from './prompt-cache.ts';
import type { SandboxAnswer, SandboxWriter } from './sandbox-answer.ts';
import { seededRandom, seedOf } from './seeded-random.ts';
import { chatWriter } from './write-chat.ts';
import { messagesWriter } from './write-messages.ts';

interface Timed {
  readonly writer: SandboxWriter;
  readonly firstTokenMs: number;
  readonly totalMs: number;
}

export type ComposedAnswer =
  | (Timed & { readonly kind: 'answer'; readonly answer: SandboxAnswer; readonly fault: FaultName | null })
  | (Timed & { readonly kind: 'error'; readonly model: string; readonly error: ErrorClass });

/** Responses are translated before they get here. */
const writers: Readonly<Partial<Record<Dialect, SandboxWriter>>> = {
  'openai-chat': chatWriter,
  'anthropic-messages': messagesWriter,
};

/** What the sandbox answers to a call: the same words, times and failures for the same body and seed. */
export function makeComposer(
  catalogue: Catalogue,
  { seed = 1, errorRates, clock = Date.now }: SandboxOptions,
): (call: UpstreamCall) => ComposedAnswer {
  const cache = makePromptCache(clock);
  return (call) => {
    const writer = writers[call.dialect];
    if (writer === undefined) {
      throw new UpstreamFailure('unavailable', `The sandbox does not speak ${call.dialect}.`);
    }
    const request = readCall(call);
    const usual = behaviourOf(call.model, catalogue);
    const behaviour = errorRates === undefined || usual.fault !== null ? usual : { ...usual, errorRates };
    const hash = seedOf(call.body, seed ^ seedOf(call.model));
    const { task } = classifyTask({
      text: request.messages.findLast(({ role }) => role === 'user')?.text ?? '',
      tools: request.tools.length,
    });
    const inputTokens = estimateInputTokens(request);
    const simulated = simulateAnswer(behaviour, {
      inputTokens,
      task,
      maxOutputTokens: request.maxOutputTokens,
      random: seededRandom(hash),
    });
    const { firstTokenMs, totalMs, error, cut } = simulated;
    const timed = { writer, firstTokenMs, totalMs };
    const reply = answerQuestion(request);
    const model = call.model.slice(call.model.indexOf('/') + 1);
    if (error !== null) return { ...timed, kind: 'error', model, error };
    const answer: SandboxAnswer = {
      id: `sandbox${hash.toString(16).padStart(8, '0')}`,
      model,
      at: clock(),
      text: reply ?? answerText(model, task, simulated.outputTokens, request.jsonOutput),
      // Half a label is none: questions of the gateway's own fit into what they allow.
      cut: reply === undefined && cut,
      usage: usageOf(simulated, inputTokens, cacheUse(cache, catalogue, call, request, inputTokens)),
      usageWanted: asksForUsage(call.body),
    };
    return { ...timed, kind: 'answer', answer, fault: behaviour.fault };
  };
}

function readCall({ dialect, body }: UpstreamCall): NeutralRequest {
  const wire = parseJson(body.toString('utf8'));
  const hints = { bytes: body.length, session: '', user: '' };
  const read = isWireObject(wire) ? dialects[dialect].readRequest(wire, hints) : undefined;
  if (read?.kind !== 'ok') {
    throw new UpstreamFailure('invalid_request', read?.message ?? 'The sandbox was sent no JSON object.');
  }
  return read.request;
}

function asksForUsage(body: Buffer): boolean {
  const wire = parseJson(body.toString('utf8'));
  const options = isWireObject(wire) ? wire.stream_options : undefined;
  return isWireObject(options) && options.include_usage === true;
}

/** Vendors with an explicit cache (Anthropic) use it only for requests that mark a breakpoint. */
function cacheUse(
  cache: PromptCache,
  catalogue: Catalogue,
  { model, body }: UpstreamCall,
  request: NeutralRequest,
  inputTokens: number,
): { readonly readTokens: number; readonly writtenTokens: number } {
  const explicit = catalogue.find(model)?.caching === 'explicit';
  if (explicit && !body.includes('"cache_control"')) return { readTokens: 0, writtenTokens: 0 };
  return cache.use(model, request, inputTokens, explicit);
}

function usageOf(
  { outputTokens, reasoningTokens }: { readonly outputTokens: number; readonly reasoningTokens: number },
  inputTokens: number,
  { readTokens, writtenTokens }: { readonly readTokens: number; readonly writtenTokens: number },
): Usage {
  return {
    inputTokens: inputTokens - readTokens - writtenTokens,
    cacheReadTokens: readTokens,
    cacheWrite5mTokens: writtenTokens,
    cacheWrite1hTokens: 0,
    outputTokens,
    reasoningTokens,
  };
}
