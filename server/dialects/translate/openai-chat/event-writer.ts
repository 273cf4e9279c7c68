import type { Usage } from '#engine/catalogue/index.ts';
import { Dropped } from '../dropped.ts';
import type { AnswerEvent, EventWriter, PartStart, Problem, Stop } from '../neutral-answer.ts';
import { brokenStream } from '../problem-status.ts';
import type { AnswerMeta } from './answer.ts';
import { writeOpenAiProblem } from './problem.ts';
import { writeFinishReason } from './stop-reason.ts';
import { writeOpenAiUsage } from './usage.ts';

export interface OpenAiStreamMeta extends AnswerMeta {
  /** Whether the client asked for usage (`stream_options.include_usage`). */
  readonly includeUsage: boolean;
}

interface Growing {
  readonly kind: PartStart['kind'];
  /** A delta's chunk before and behind the growing text. */
  readonly before: string;
  readonly after: string;
  /** Whether a tool's arguments have begun. */
  grown: boolean;
}

/**
 * Writes `chat.completion.chunk` objects: the role first, then deltas, `finish_reason`, usage where it was asked for,
 * `[DONE]`. A broken answer ends in an error object, without `finish_reason` and without `[DONE]`. Parts may be open at
 * the same time: OpenAI's tool calls carry their index.
 */
export class OpenAiEventWriter implements EventWriter {
  readonly #meta: OpenAiStreamMeta;
  readonly #dropped = new Dropped();
  readonly #open = new Map<number, Growing>();
  readonly #seen = new Set<number>();
  #head = '';
  #tail = '';
  #started = false;
  #over = false;
  #calls = 0;
  #refused = false;
  #stop: Stop | null = null;
  #usage: Usage | null = null;

  constructor(meta: OpenAiStreamMeta) {
    this.#meta = meta;
  }

  get dropped(): readonly string[] {
    return this.#dropped.list();
  }

  write(event: AnswerEvent, out: string[]): void {
    if (this.#over) return;
    switch (event.kind) {
      case 'delta':
        this.#grow(event.part, event.text, out);
        return;
      case 'start':
        this.#start(event.id, event.model, event.serviceTier, out);
        return;
      case 'part_start':
        this.#begin(event.part, event.start, out);
        return;
      case 'part_end':
        this.#end(event.part, out);
        return;
      case 'signature':
        this.#dropped.add('thinking.signature');
        return;
      case 'logprobs':
        this.#writeLogprobs(event.logprobs, out);
        return;
      case 'usage':
        this.#usage = event.usage;
        return;
      case 'stop':
        this.#stop = event.stop;
        return;
      case 'error':
        this.#fail(event.problem, out);
        return;
      case 'end':
        this.#finish(out);
        return;
    }
  }

  #start(id: string, model: string, tier: string | undefined, out: string[]): void {
    if (this.#started) return;
    this.#started = true;
    const { created, includeUsage } = this.#meta;
    const named = `"id":${JSON.stringify(id || this.#meta.id)},"object":"chat.completion.chunk","created":${created},"model":${JSON.stringify(model || this.#meta.model)}`;
    const tiered = tier === undefined ? '' : `,"service_tier":"${tier === 'standard' ? 'default' : tier}"`;
    this.#head = `data: {${named}${tiered},"choices":[`;
    this.#tail = includeUsage ? '],"usage":null}\n\n' : ']}\n\n';
    out.push(this.#chunk('{"role":"assistant","content":"","refusal":null}', 'null'));
  }

  #chunk(delta: string, finishReason: string): string {
    return `${this.#head}{"index":0,"delta":${delta},"logprobs":null,"finish_reason":${finishReason}}${this.#tail}`;
  }

  #begin(part: number, start: PartStart, out: string[]): void {
    if (this.#seen.has(part)) return;
    this.#start('', '', undefined, out);
    this.#seen.add(part);
    if (start.kind === 'redacted_thinking') this.#dropped.add('redacted_thinking');
    if (start.kind === 'refusal') this.#refused = true;
    const index = this.#calls;
    if (start.kind === 'tool_call') {
      const { id, name } = start;
      const spec = `{"name":${JSON.stringify(name)},"arguments":""}`;
      const call = `{"index":${index},"id":${JSON.stringify(id)},"type":"function","function":${spec}}`;
      out.push(this.#chunk(`{"tool_calls":[${call}]}`, 'null'));
      this.#calls += 1;
    }
    const [before, after] = wrapping(start, index);
    const end = `${after},"logprobs":null,"finish_reason":null}${this.#tail}`;
    this.#open.set(part, {
      kind: start.kind,
      before: `${this.#head}{"index":0,"delta":${before}`,
      after: end,
      grown: false,
    });
  }

  #grow(part: number, text: string, out: string[]): void {
    const growing = this.#open.get(part);
    if (growing === undefined || growing.kind === 'redacted_thinking' || text === '') return;
    growing.grown = true;
    out.push(growing.before + JSON.stringify(text) + growing.after);
  }

  #end(part: number, out: string[]): void {
    const growing = this.#open.get(part);
    // A call without arguments is a call with none, and clients parse what they get.
    if (growing?.kind === 'tool_call' && !growing.grown) this.#grow(part, '{}', out);
    this.#open.delete(part);
  }

  #writeLogprobs(logprobs: unknown, out: string[]): void {
    if (!this.#started) return;
    out.push(
      `${this.#head}{"index":0,"delta":{},"logprobs":${JSON.stringify(logprobs)},"finish_reason":null}${this.#tail}`,
    );
  }

  #finish(out: string[]): void {
    const stop = this.#stop;
    if (stop === null || !this.#started) {
      this.#fail(brokenStream('The answer ended before it was complete.'), out);
      return;
    }
    for (const part of [...this.#open.keys()]) this.#end(part, out);
    if (stop.kind === 'stop_sequence') this.#dropped.add('stop_sequence');
    if (stop.kind === 'pause') this.#dropped.add('stop_reason.pause_turn');
    const reason = writeFinishReason(stop, { toolCalls: this.#calls > 0, refusal: this.#refused });
    out.push(this.#chunk('{}', JSON.stringify(reason)));
    if (this.#meta.includeUsage && this.#usage !== null)
      out.push(`${this.#head}],"usage":${JSON.stringify(writeOpenAiUsage(this.#usage))}}\n\n`);
    out.push('data: [DONE]\n\n');
    this.#over = true;
  }

  #fail(problem: Problem, out: string[]): void {
    out.push(`data: ${writeOpenAiProblem(problem)}\n\n`);
    this.#over = true;
  }
}

/** A delta's JSON before and behind its text. */
function wrapping(start: PartStart, index: number): readonly [string, string] {
  switch (start.kind) {
    case 'text':
      return ['{"content":', '}'];
    case 'refusal':
      return ['{"refusal":', '}'];
    case 'tool_call':
      return [`{"tool_calls":[{"index":${index},"function":{"arguments":`, '}}]}'];
    case 'thinking':
    case 'redacted_thinking':
      // Not OpenAI's own: the name that servers of reasoning models and most clients share.
      return ['{"reasoning_content":', '}'];
  }
}
