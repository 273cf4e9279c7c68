import type { Usage } from '#engine/catalogue/index.ts';
import { responseFailed } from '../../openai-responses/failed-frame.ts';
import { Dropped } from '../dropped.ts';
import { InOrder } from '../in-order.ts';
import type { AnswerEvent, EventWriter, PartStart, Problem, Stop } from '../neutral-answer.ts';
import { writeOpenAiProblem } from '../openai-chat/problem.ts';
import { brokenStream } from '../problem-status.ts';
import { NumberedFrames } from './event-frames.ts';
import { ItemWriter } from './item-writer.ts';
import {
  endOfResponse,
  type ResponseHead,
  type ResponseMeta,
  responseHead,
  wholeResponse,
} from './response.ts';
import { type ToolKind, toolKinds } from './tool-kinds.ts';
import { wantsSealed } from './write-item.ts';

/**
 * Writes response events: `response.created` and `in_progress`; items one after another, each added, grown, done;
 * `response.completed` or `response.incomplete` with all of it. A broken answer ends in `response.failed` and nothing else.
 */
export class ResponseEventWriter implements EventWriter {
  readonly #meta: ResponseMeta;
  readonly #dropped = new Dropped();
  readonly #frames = new NumberedFrames();
  readonly #items: InOrder<ItemWriter>;
  readonly #output: object[] = [];
  #head: ResponseHead | null = null;
  /** How the client offered its tools, read when the first is called. */
  #kinds: ReadonlyMap<string, ToolKind> | null = null;
  #index = 0;
  #refused = false;
  #over = false;
  #stop: Stop | null = null;
  #usage: Usage | null = null;

  constructor(meta: ResponseMeta) {
    this.#meta = meta;
    this.#items = new InOrder(
      (start, out) => this.#open(start, out),
      (item, out) => this.#output.push(item.end(out, this.#isCut() && this.#items.isLast)),
    );
  }

  get dropped(): readonly string[] {
    return this.#dropped.list();
  }

  write(event: AnswerEvent, out: string[]): void {
    if (this.#over) return;
    switch (event.kind) {
      case 'delta':
        this.#items.grow(event.part, event.text, out);
        return;
      case 'start':
        this.#start(event, out);
        return;
      case 'part_start':
        this.#begin(event.part, event.start, out);
        return;
      case 'signature':
        if (!wantsSealed(this.#meta.asked)) this.#dropped.add('thinking.signature');
        this.#items.sign(event.part, event.signature, out);
        return;
      case 'part_end':
        this.#items.end(event.part, out);
        return;
      case 'logprobs':
        this.#dropped.add('logprobs');
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

  #start(
    told: { readonly id: string; readonly model: string; readonly serviceTier?: string },
    out: string[],
  ): ResponseHead {
    if (this.#head !== null) return this.#head;
    const head = responseHead(this.#meta, told);
    this.#head = head;
    this.#frames.write('response.created', { response: head }, out);
    this.#frames.write('response.in_progress', { response: head }, out);
    return head;
  }

  #begin(part: number, start: PartStart, out: string[]): void {
    this.#start({ id: '', model: '' }, out);
    if (!this.#items.begin(part, start, out)) return;
    if (start.kind === 'refusal') this.#refused = true;
    if (start.kind === 'redacted_thinking' && !wantsSealed(this.#meta.asked))
      this.#dropped.add('redacted_thinking');
  }

  #open(start: PartStart, out: string[]): ItemWriter {
    const { id } = this.#start({ id: '', model: '' }, out);
    const tool = start.kind === 'tool_call' ? this.#kindOf(start.name) : undefined;
    const place = { response: id, index: this.#index, asked: this.#meta.asked, tool };
    this.#index += 1;
    return new ItemWriter(start, place, this.#frames, out);
  }

  #kindOf(name: string): ToolKind | undefined {
    this.#kinds ??= toolKinds(this.#meta.asked);
    return this.#kinds.get(name);
  }

  #isCut(): boolean {
    return this.#stop !== null && endOfResponse(this.#stop, this.#refused).status === 'incomplete';
  }

  #finish(out: string[]): void {
    const stop = this.#stop;
    if (stop === null || this.#head === null) {
      this.#fail(brokenStream('The answer ended before it was complete.'), out);
      return;
    }
    this.#items.finish(out);
    if (stop.kind === 'stop_sequence') this.#dropped.add('stop_sequence');
    if (stop.kind === 'pause') this.#dropped.add('stop_reason.pause_turn');
    const end = endOfResponse(stop, this.#refused);
    const response = wholeResponse(this.#head, this.#output, end, this.#usage);
    this.#frames.write(`response.${end.status}`, { response }, out);
    this.#over = true;
  }

  #fail(problem: Problem, out: string[]): void {
    const head = this.#head ?? responseHead(this.#meta, { id: '', model: '' });
    const frame = responseFailed(
      { ...head, output: this.#output },
      writeOpenAiProblem(problem),
      this.#frames.next,
    );
    out.push(frame);
    this.#over = true;
  }
}
