import type { Dialect } from '#engine/signals/index.ts';
import { objectIn, readEvent } from '../../dialects/event-frames.ts';
import { FrameCutter, isWireObject, textOf, type WireObject } from '../../dialects/index.ts';
import { nothingSaid, objectOf, objectsIn, readSaid, type Said } from './said.ts';

/** What the events of a complete stream say, in the client's dialect. */
export function saidInStream(dialect: Dialect, bytes: Buffer): Said {
  const events = eventsIn(bytes);
  switch (dialect) {
    case 'openai-chat':
      return readSaid(dialect, { choices: [wholeChoice(events)] });
    case 'openai-completions':
      return readSaid(dialect, { choices: [wholeCompletion(events)] });
    case 'openai-responses': {
      // The last event holds the whole response.
      const last = events.findLast(({ response }) => isWireObject(response));
      return readSaid(dialect, objectOf(last?.response));
    }
    case 'anthropic-messages':
      return readSaid(dialect, wholeMessage(events));
    case 'google-generate':
      return readSaid(dialect, wholeGoogle(events));
    case 'openai-embeddings':
      return nothingSaid;
  }
}

function eventsIn(bytes: Buffer): readonly WireObject[] {
  return new FrameCutter().push(bytes).flatMap((frame) => {
    const event = readEvent(frame);
    const data = event === null ? null : objectIn(event);
    return data === null ? [] : [data];
  });
}

function firstChoices(events: readonly WireObject[]): readonly WireObject[] {
  return events.flatMap(({ choices }) => objectsIn(choices).filter(({ index }) => (index ?? 0) === 0));
}

function wholeChoice(events: readonly WireObject[]): WireObject {
  const choices = firstChoices(events);
  const deltas = choices.map(({ delta }) => objectOf(delta));
  const calls = new Map<unknown, { name: string; arguments: string }>();
  for (const piece of deltas.flatMap(({ tool_calls }) => objectsIn(tool_calls))) {
    const made = objectOf(piece.function);
    const call = calls.get(piece.index) ?? { name: '', arguments: '' };
    calls.set(piece.index, {
      name: call.name + textOf(made.name),
      arguments: call.arguments + textOf(made.arguments),
    });
  }
  return {
    message: {
      content: joined(deltas, 'content'),
      refusal: joined(deltas, 'refusal'),
      tool_calls: [...calls.values()].map((call) => ({ function: call })),
    },
    finish_reason: lastText(choices, 'finish_reason'),
    logprobs: { content: choices.flatMap(({ logprobs }) => objectsIn(objectOf(logprobs).content)) },
  };
}

function wholeCompletion(events: readonly WireObject[]): WireObject {
  const choices = firstChoices(events);
  const logprobs = choices.flatMap(({ logprobs }) => objectOf(logprobs).token_logprobs ?? []);
  return {
    text: joined(choices, 'text'),
    finish_reason: lastText(choices, 'finish_reason'),
    logprobs: { token_logprobs: logprobs },
  };
}

function wholeMessage(events: readonly WireObject[]): WireObject {
  const starts = events.filter(({ type }) => type === 'content_block_start');
  const content = starts.map(({ index, content_block }) => {
    const deltas = events.filter((event) => event.type === 'content_block_delta' && event.index === index);
    const block = objectOf(content_block);
    const pieces = deltas.map(({ delta }) => objectOf(delta));
    const written = joined(pieces, 'partial_json');
    return {
      ...block,
      text: textOf(block.text) + joined(pieces, 'text'),
      ...(written === '' ? {} : { input: written }),
    };
  });
  const ends = events.map(({ delta }) => objectOf(delta));
  return { content, stop_reason: lastText(ends, 'stop_reason') };
}

function wholeGoogle(events: readonly WireObject[]): WireObject {
  const candidates = events.flatMap((event) => objectsIn(event.candidates).slice(0, 1));
  const parts = candidates.flatMap(({ content }) => objectsIn(objectOf(content).parts));
  const blocked = events.find(({ promptFeedback }) => isWireObject(promptFeedback));
  const last = candidates.findLast(({ avgLogprobs }) => typeof avgLogprobs === 'number');
  return {
    candidates: [
      {
        content: { parts },
        finishReason: lastText(candidates, 'finishReason'),
        avgLogprobs: last?.avgLogprobs,
      },
    ],
    promptFeedback: blocked?.promptFeedback,
  };
}

function joined(objects: readonly WireObject[], field: string): string {
  return objects.map((one) => textOf(one[field])).join('');
}

function lastText(objects: readonly WireObject[], field: string): string {
  return textOf(objects.findLast((one) => textOf(one[field]) !== '')?.[field]);
}
