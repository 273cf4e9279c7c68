import type { Usage } from '#engine/catalogue/index.ts';
import type { AnswerEvent, EventReader, EventSink, EventWriter, Problem } from './neutral-answer.ts';
import { kindOfStatus } from './problem-status.ts';

/** How far a translated stream has come: what is known of the events it has written. */
export interface StreamProgress {
  readonly usage: Usage | null;
  /** Whether something a client would miss has been written: text, thinking, a tool call. */
  readonly hasContent: boolean;
  /** What broke the stream, if it broke. */
  readonly problem: Problem | null;
  /** Whether the answer is complete and closed. */
  readonly finished: boolean;
  readonly outputCharacters: number;
  /** Ends the stream in the dialect's error event, unless it has ended; answers the frames that are due. */
  fail(problem: Omit<Problem, 'kind'>): string[];
}

/**
 * A streamed answer on its way from one dialect to another. Every method answers the frames that are due, whole events
 * in the client's dialect. `hasContent` and `problem` say whether the client may see them yet: before the first content
 * an error can still fall back to another target.
 */
export class TranslatedStream implements StreamProgress {
  readonly #reader: EventReader;
  readonly #writer: EventWriter;
  readonly #requestId: string | undefined;
  #out: string[] = [];
  #usage: Usage | null = null;
  #hasContent = false;
  #problem: Problem | null = null;
  #finished = false;
  #outputCharacters = 0;

  /** @param requestId Ours, for errors: it is what a client can ask about. */
  constructor(makeReader: (sink: EventSink) => EventReader, writer: EventWriter, requestId?: string) {
    this.#reader = makeReader((event) => this.#take(event));
    this.#writer = writer;
    this.#requestId = requestId;
  }

  /** What the provider counted so far; `null` as long as it has not said. */
  get usage(): Usage | null {
    return this.#usage;
  }

  /** Whether something a client would miss has been written: text, thinking, a tool call. */
  get hasContent(): boolean {
    return this.#hasContent;
  }

  /** What broke the stream, if it broke. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Whether the answer is complete and closed. */
  get finished(): boolean {
    return this.#finished;
  }

  /** Characters of text, thinking and arguments so far, for an estimate where usage never comes. */
  get outputCharacters(): number {
    return this.#outputCharacters;
  }

  get dropped(): readonly string[] {
    return [...new Set([...this.#reader.dropped, ...this.#writer.dropped])];
  }

  push(chunk: Uint8Array): string[] {
    this.#reader.push(chunk);
    return this.#drain();
  }

  /** The upstream has closed its answer. One that was not complete ends in the dialect's error event. */
  end(): string[] {
    this.#reader.end();
    return this.#drain();
  }

  /** The upstream broke, or a deadline passed: ends in the dialect's error event. Nothing more comes after. */
  fail(problem: Omit<Problem, 'kind'>): string[] {
    if (!this.#finished && this.#problem === null) {
      this.#take({ kind: 'error', problem: { ...problem, kind: kindOfStatus(problem.status) } });
    }
    return this.#drain();
  }

  #take(event: AnswerEvent): void {
    if (this.#problem !== null || this.#finished) return;
    if (event.kind === 'delta') {
      this.#hasContent = true;
      this.#outputCharacters += event.text.length;
    } else if (event.kind === 'error') {
      this.#problem = event.problem;
      const problem =
        this.#requestId === undefined ? event.problem : { ...event.problem, requestId: this.#requestId };
      this.#writer.write({ kind: 'error', problem }, this.#out);
      return;
    } else if (event.kind !== 'part_end') this.#note(event);
    this.#writer.write(event, this.#out);
  }

  #note(event: AnswerEvent): void {
    if (event.kind === 'part_start' && event.start.kind !== 'text') this.#hasContent = true;
    else if (event.kind === 'usage') this.#usage = event.usage;
    else if (event.kind === 'start') this.#usage = event.usage;
    else if (event.kind === 'end') this.#finished = true;
  }

  #drain(): string[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }
}
