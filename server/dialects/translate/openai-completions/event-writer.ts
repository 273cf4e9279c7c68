import type { Usage } from '#engine/catalogue/index.ts';
import { Dropped } from '../dropped.ts';
import type { AnswerEvent, EventWriter, PartStart, Problem, Stop } from '../neutral-answer.ts';
import type { OpenAiStreamMeta } from '../openai-chat/event-writer.ts';
import { writeOpenAiProblem } from '../openai-chat/problem.ts';
import { writeFinishReason } from '../openai-chat/stop-reason.ts';
import { writeOpenAiUsage } from '../openai-chat/usage.ts';
import { brokenStream } from '../problem-status.ts';

/**
 * Writes `text_completion` chunks: text as it comes, `finish_reason`, usage where it was asked for, `[DONE]`. A broken
 * answer ends in an error object, without `finish_reason` and without `[DONE]`.
 */
export class CompletionEventWriter implements EventWriter {
  readonly #meta: OpenAiStreamMeta;
  readonly #dropped = new Dropped();
  readonly #kinds = new Map<number, PartStart['kind']>();
  #head = '';
  #tail = '';
  #over = false;
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
        this.#start(event.id, event.model);
        return;
      case 'part_start':
        this.#begin(event.part, event.start);
        return;
      case 'part_end':
      case 'signature':
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

  #start(id: string, model: string): void {
    if (this.#head !== '') return;
    const { created, includeUsage } = this.#meta;
    const named = `"id":${JSON.stringify(id || this.#meta.id)},"object":"text_completion","created":${created},"model":${JSON.stringify(model || this.#meta.model)}`;
    this.#head = `data: {${named},"choices":[`;
    this.#tail = includeUsage ? '],"usage":null}\n\n' : ']}\n\n';
  }

  #chunk(text: string, finishReason: string): string {
    return `${this.#head}{"text":${JSON.stringify(text)},"index":0,"logprobs":null,"finish_reason":${finishReason}}${this.#tail}`;
  }

  #begin(part: number, { kind }: PartStart): void {
    this.#start('', '');
    if (this.#kinds.has(part)) return;
    this.#kinds.set(part, kind);
    if (kind !== 'text' && kind !== 'refusal') this.#dropped.add(kind);
  }

  #grow(part: number, text: string, out: string[]): void {
    const kind = this.#kinds.get(part);
    if ((kind === 'text' || kind === 'refusal') && text !== '') out.push(this.#chunk(text, 'null'));
  }

  #finish(out: string[]): void {
    const stop = this.#stop;
    if (stop === null || this.#head === '') {
      this.#fail(brokenStream('The answer ended before it was complete.'), out);
      return;
    }
    const reason = writeFinishReason(stop, { toolCalls: false, refusal: false });
    out.push(this.#chunk('', JSON.stringify(reason)));
    if (this.#meta.includeUsage && this.#usage !== null) {
      out.push(`${this.#head}],"usage":${JSON.stringify(writeOpenAiUsage(this.#usage))}}\n\n`);
    }
    out.push('data: [DONE]\n\n');
    this.#over = true;
  }

  #fail(problem: Problem, out: string[]): void {
    out.push(`data: ${writeOpenAiProblem(problem)}\n\n`);
    this.#over = true;
  }
}
