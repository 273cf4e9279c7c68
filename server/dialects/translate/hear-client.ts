import type { Dialect } from '#engine/signals/index.ts';
import { isWireObject, parseJson } from '../wire-value.ts';
import { UnreadableBody } from './fields.ts';
import type { Neutral } from './neutral.ts';
import type { Answer, AnswerEvent, EventReader, EventSink, Problem } from './neutral-answer.ts';
import type { TranslateOptions } from './translate-call.ts';
import { TranslatedStream } from './translated-stream.ts';
import { type CallState, clientForms } from './wire-form.ts';

/** A body in the client's dialect. */
export interface WrittenBody {
  readonly body: Buffer;
  /** What the client cannot be told. */
  readonly dropped: readonly string[];
}

/** A stream that is fed with events, for providers that a library reads. */
export interface FedStream {
  readonly stream: TranslatedStream;
  /** The frames that are due after this event. */
  take(event: AnswerEvent): string[];
}

/** A client's side of a call whose other side speaks no dialect. `request` comes first: answers depend on it. */
export interface HeardClient {
  /** @throws {UnreadableBody} where the client's body has the wrong shape. */
  request(body: Uint8Array): Neutral;
  answer(answer: Answer): WrittenBody;
  problem(problem: Problem): Buffer;
  stream(): FedStream;
}

/** Hears one call of a client in neutral form, and answers it in its dialect. */
export function hearClient(from: Dialect, options: TranslateOptions): HeardClient {
  const client = clientForms[from];
  let state: CallState = { options, asked: {}, includeUsage: false };
  return {
    request(body) {
      const wire = parseJson(Buffer.from(body).toString('utf8'));
      if (wire === undefined) throw new UnreadableBody('', 'is not JSON.');
      const neutral = client.readRequest(wire);
      state = { options, asked: isWireObject(wire) ? wire : {}, includeUsage: neutral.includeUsage };
      return neutral;
    },
    answer(answer) {
      const { body, dropped } = client.writeAnswer(answer, state);
      return { body: Buffer.from(JSON.stringify(body)), dropped };
    },
    problem(problem) {
      const { requestId } = options;
      return Buffer.from(client.writeProblem(requestId === undefined ? problem : { ...problem, requestId }));
    },
    stream() {
      const feed = new Feed();
      const stream = new TranslatedStream(
        (sink) => feed.into(sink),
        client.makeEventWriter(state),
        options.requestId,
      );
      return {
        stream,
        take: (event) => {
          feed.take(event);
          return stream.push(nothing);
        },
      };
    },
  };
}

const nothing = new Uint8Array(0);

/** A reader whose events come from elsewhere. */
class Feed implements EventReader {
  readonly dropped: readonly string[] = [];
  #sink: EventSink = () => {};

  into(sink: EventSink): this {
    this.#sink = sink;
    return this;
  }

  take(event: AnswerEvent): void {
    this.#sink(event);
  }

  push(): void {}

  end(): void {}
}
