import { noUsage, totalInputTokens, type Usage } from '#engine/catalogue/index.ts';
import { Dropped } from '../dropped.ts';
import { InOrder } from '../in-order.ts';
import type { AnswerEvent, EventWriter, PartStart, Problem, Stop } from '../neutral-answer.ts';
import type { AnswerMeta } from '../openai-chat/answer.ts';
import { brokenStream } from '../problem-status.ts';
import { BlockWriter } from './block-writer.ts';
import { writeAnthropicProblem } from './problem.ts';
import { writeStopReason } from './stop-reason.ts';
import { writeAnthropicUsage } from './usage.ts';

export interface AnthropicStreamMeta extends AnswerMeta {
  /** Input tokens as estimated before the call: agents measure their context by `message_start`. */
  readonly inputTokens: number;
}

/**
 * Writes Anthropic's message events: one `message_start`; blocks one after another, each start, deltas, stop;
 * `message_delta` with the reason and the usage; `message_stop`. Parts that grow in turns are put in order: the oldest
 * is written as it comes, the others wait. A broken answer ends in an `error` event and nothing else.
 */
export class AnthropicEventWriter implements EventWriter {
  readonly #meta: AnthropicStreamMeta;
  readonly #dropped = new Dropped();
  readonly #parts = new InOrder(
    (start, out) => this.#open(start, out),
    (block, out) => block.end(out),
  );
  #blocks = 0;
  #calls = 0;
  #characters = 0;
  #started = false;
  #over = false;
  #stop: Stop | null = null;
  #usage: Usage | null = null;

  constructor(meta: AnthropicStreamMeta) {
    this.#meta = meta;
  }

  get dropped(): readonly string[] {
    return this.#dropped.list();
  }

  write(event: AnswerEvent, out: string[]): void {
    if (this.#over) return;
    switch (event.kind) {
      case 'delta':
        this.#characters += event.text.length;
        this.#parts.grow(event.part, event.text, out);
        return;
      case 'start':
        this.#start(event, out);
        return;
      case 'part_start':
        this.#begin(event.part, event.start, out);
        return;
      case 'signature':
        this.#parts.sign(event.part, event.signature, out);
        return;
      case 'part_end':
        this.#parts.end(event.part, out);
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

  #start(told: { id: string; model: string; usage: Usage | null }, out: string[]): void {
    if (this.#started) return;
    this.#started = true;
    const message = {
      id: told.id || this.#meta.id,
      type: 'message',
      role: 'assistant',
      model: told.model || this.#meta.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      usage: writeAnthropicUsage(this.#beginning(told.usage)),
    };
    out.push(frame('message_start', JSON.stringify({ type: 'message_start', message })));
  }

  /** Agents that read zero here never compact, so a provider that has not counted yet is not believed. */
  #beginning(usage: Usage | null): Usage {
    if (usage !== null && totalInputTokens(usage) > 0) return usage;
    return { ...(usage ?? noUsage), inputTokens: Math.max(1, this.#meta.inputTokens) };
  }

  #begin(part: number, start: PartStart, out: string[]): void {
    this.#start({ id: '', model: '', usage: null }, out);
    if (this.#parts.begin(part, start, out) && start.kind === 'tool_call') this.#calls += 1;
  }

  #open(start: PartStart, out: string[]): BlockWriter {
    const index = this.#blocks;
    this.#blocks += 1;
    return new BlockWriter(index, start, out);
  }

  #finish(out: string[]): void {
    const stop = this.#stop;
    if (stop === null || !this.#started) {
      this.#fail(brokenStream('The answer ended before it was complete.'), out);
      return;
    }
    this.#parts.finish(out);
    const delta = { ...writeStopReason(stop, this.#calls > 0), stop_details: null };
    const usage = writeAnthropicUsage(this.#usage ?? this.#estimate());
    out.push(frame('message_delta', JSON.stringify({ type: 'message_delta', delta, usage })));
    out.push(frame('message_stop', '{"type":"message_stop"}'));
    this.#over = true;
  }

  /** Usage is required. Where the provider never said, four characters count as a token. */
  #estimate(): Usage {
    const outputTokens = Math.ceil(this.#characters / 4);
    return { ...noUsage, inputTokens: this.#meta.inputTokens, outputTokens };
  }

  #fail(problem: Problem, out: string[]): void {
    out.push(frame('error', writeAnthropicProblem(problem)));
    this.#over = true;
  }
}

function frame(name: string, data: string): string {
  return `event: ${name}\ndata: ${data}\n\n`;
}
