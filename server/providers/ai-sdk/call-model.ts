import type { LanguageModelV3, LanguageModelV3CallOptions, SharedV3Warning } from '@ai-sdk/provider';
import type { Dropped } from '../../dialects/translate/dropped.ts';
import type { NeutralAnswer, NeutralCall } from '../provider.ts';
import type { Carrier } from './carrier.ts';
import { readAnswer } from './read-answer.ts';
import { readEvents } from './read-events.ts';
import { readLibraryProblem } from './read-problem.ts';
import { failureIn } from './upstream-fetch.ts';
import { writeCall } from './write-call.ts';

/** Calls a library's model in our neutral form: a whole answer, a stream whose head is here, or a problem. */
export async function callModel(
  model: LanguageModelV3,
  call: NeutralCall,
  carrier: Carrier,
): Promise<NeutralAnswer> {
  const { options, dropped } = writeCall(call.neutral, call.model, call.maxOutputTokens, carrier);
  try {
    return call.stream
      ? await callStream(model, options, call, carrier, dropped)
      : await callWhole(model, options, call, carrier, dropped);
  } catch (cause) {
    const failure = failureIn(cause);
    if (failure !== undefined) throw failure;
    const read = readLibraryProblem(cause);
    if (read === undefined) throw cause;
    const { problem, headers } = read;
    return { kind: 'problem', problem, headers, status: problem.status, dropped: dropped.list() };
  }
}

async function callWhole(
  model: LanguageModelV3,
  options: LanguageModelV3CallOptions,
  call: NeutralCall,
  carrier: Carrier,
  dropped: Dropped,
): Promise<NeutralAnswer> {
  const result = await model.doGenerate(options);
  for (const warning of result.warnings) dropped.add(nameOfWarning(warning));
  const headers = result.response?.headers ?? {};
  const read = readAnswer(result, call, carrier);
  if (read.kind === 'problem') {
    return { ...read, headers, status: read.problem.status, dropped: dropped.list() };
  }
  dropped.addAll(read.dropped);
  return { kind: 'whole', answer: read.answer, headers, status: 200, dropped: dropped.list() };
}

async function callStream(
  model: LanguageModelV3,
  options: LanguageModelV3CallOptions,
  call: NeutralCall,
  carrier: Carrier,
  dropped: Dropped,
): Promise<NeutralAnswer> {
  const { stream, response } = await model.doStream({
    ...options,
    includeRawChunks: carrier.key === 'bedrock',
  });
  const noting = stream.pipeThrough(
    new TransformStream({
      transform(part, controller) {
        if (part.type === 'stream-start') {
          for (const warning of part.warnings) dropped.add(nameOfWarning(warning));
        }
        controller.enqueue(part);
      },
    }),
  );
  return {
    kind: 'stream',
    events: readEvents(noting, call, carrier, dropped),
    headers: response?.headers ?? {},
    status: 200,
    get dropped() {
      return dropped.list();
    },
  };
}

/** A library's own warning: by the feature where it names one, else by the beginning of its sentence. */
function nameOfWarning(warning: SharedV3Warning): string {
  // Gemini signs its calls; one that comes back unsigned goes with Google's mark for that instead.
  if (warning.type === 'other' && warning.message.includes('`thoughtSignature`')) return 'thoughtSignature';
  return warning.type === 'other'
    ? `library: ${warning.message.slice(0, 60)}`.replaceAll(/[ ,]+/g, '_')
    : warning.feature;
}
