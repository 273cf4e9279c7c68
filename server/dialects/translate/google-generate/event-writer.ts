import { noUsage, type Usage } from '#engine/catalogue/index.ts';
import { Dropped } from '../dropped.ts';
import type { AnswerEvent, EventWriter, PartStart, Problem, Stop } from '../neutral-answer.ts';
import { brokenStream } from '../problem-status.ts';
import type { CallState } from '../wire-form.ts';
import { malformedCall, writeGoogleReason } from './finish-reason.ts';
import { googleLogprobs } from './logprobs.ts';
import { writeGoogleProblem } from './problem.ts';
import { argumentsOf } from './read-parts.ts';
import { wantsThoughts } from './read-request.ts';
import { sealThought } from './thought-signature.ts';
import { writeGoogleUsage } from './usage.ts';

interface Call {
  readonly id: string;
  readonly name: string;
  json: string;
  ended: boolean;
}

/**
 * Writes `GenerateContentResponse` chunks as server-sent events: text and thoughts as they come; a call once its arguments
 * are whole, since Google's clients read no parts of them; `finishReason` and usage in the last chunk. A broken answer ends
 * in an error object and has no `finishReason`.
 */
export class GoogleEventWriter implements EventWriter {
  readonly #state: Pick<CallState, 'options' | 'asked'>;
  readonly #dropped = new Dropped();
  readonly #shown: boolean;
  readonly #kinds = new Map<number, PartStart['kind']>();
  /** Calls that are not written yet, in the order in which they began. */
  readonly #calls = new Map<number, Call>();
  #tail = '';
  #started = false;
  #over = false;
  #characters = 0;
  #broken: Call | null = null;
  #stop: Stop | null = null;
  #usage: Usage | null = null;

  constructor(state: Pick<CallState, 'options' | 'asked'>) {
    this.#state = state;
    this.#shown = wantsThoughts(state.asked);
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
        this.#begin(event.part, event.start, out);
        return;
      case 'part_end':
        this.#end(event.part, out);
        return;
      case 'signature':
        this.#sign(event.part, event.signature, out);
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

  #start(id: string, model: string): void {
    if (this.#started) return;
    this.#started = true;
    const { options } = this.#state;
    this.#tail = `,"modelVersion":${JSON.stringify(model || options.model)},"responseId":${JSON.stringify(id || options.id)}}\n\n`;
  }

  #part(part: string, out: string[]): void {
    out.push(`data: {"candidates":[{"content":{"parts":[${part}],"role":"model"},"index":0}]${this.#tail}`);
  }

  #begin(part: number, start: PartStart, out: string[]): void {
    if (this.#kinds.has(part)) return;
    this.#start('', '');
    this.#kinds.set(part, start.kind);
    if (start.kind === 'tool_call') {
      this.#calls.set(part, { id: start.id, name: start.name, json: '', ended: false });
    }
    if (start.kind === 'redacted_thinking' && this.#shown) {
      const thoughtSignature = sealThought({ redacted: start.data });
      this.#part(JSON.stringify({ text: '', thought: true, thoughtSignature }), out);
    }
  }

  #grow(part: number, text: string, out: string[]): void {
    if (text === '') return;
    const kind = this.#kinds.get(part);
    this.#characters += kind === undefined ? 0 : text.length;
    switch (kind) {
      case 'text':
      case 'refusal':
        this.#part(`{"text":${JSON.stringify(text)}}`, out);
        return;
      case 'thinking':
        if (this.#shown) this.#part(`{"text":${JSON.stringify(text)},"thought":true}`, out);
        return;
      case 'tool_call': {
        const call = this.#calls.get(part);
        if (call !== undefined && !call.ended) call.json += text;
        return;
      }
      case 'redacted_thinking':
      case undefined:
        return;
    }
  }

  #sign(part: number, signature: string, out: string[]): void {
    if (!this.#shown || this.#kinds.get(part) !== 'thinking') return;
    const thoughtSignature = sealThought({ signature });
    this.#part(JSON.stringify({ text: '', thought: true, thoughtSignature }), out);
  }

  #end(part: number, out: string[]): void {
    const call = this.#calls.get(part);
    if (call !== undefined) call.ended = true;
    this.#writeCalls(out);
  }

  /** Calls whose arguments are whole, up to the first that still grows. */
  #writeCalls(out: string[]): void {
    for (const [part, call] of this.#calls) {
      if (!call.ended) return;
      this.#calls.delete(part);
      const args = argumentsOf(call.json);
      if (args === undefined) this.#broken ??= call;
      else this.#part(JSON.stringify({ functionCall: { id: call.id, name: call.name, args } }), out);
    }
  }

  #writeLogprobs(logprobs: unknown, out: string[]): void {
    const result = googleLogprobs(logprobs);
    if (result === undefined || !this.#started) return;
    const candidate = { content: { parts: [{ text: '' }], role: 'model' }, index: 0, logprobsResult: result };
    out.push(`data: {"candidates":[${JSON.stringify(candidate)}]${this.#tail}`);
  }

  #finish(out: string[]): void {
    const stop = this.#stop;
    if (stop === null || !this.#started) {
      this.#fail(brokenStream('The answer ended before it was complete.'), out);
      return;
    }
    for (const call of this.#calls.values()) call.ended = true;
    this.#writeCalls(out);
    if (stop.kind === 'pause') this.#dropped.add('stop_reason.pause_turn');
    const broken = stop.kind === 'length' ? null : this.#broken;
    const end =
      broken === null ? { finishReason: writeGoogleReason(stop) } : malformedCall(broken.name, broken.json);
    const candidate = { content: { parts: [{ text: '' }], role: 'model' }, ...end, index: 0 };
    const usage = JSON.stringify(writeGoogleUsage(this.#usage ?? this.#estimate()));
    out.push(`data: {"candidates":[${JSON.stringify(candidate)}],"usageMetadata":${usage}${this.#tail}`);
    this.#over = true;
  }

  /** Where the provider never said, four characters count as a token. */
  #estimate(): Usage {
    const outputTokens = Math.ceil(this.#characters / 4);
    return { ...noUsage, inputTokens: this.#state.options.inputTokens, outputTokens };
  }

  #fail(problem: Problem, out: string[]): void {
    out.push(`data: ${writeGoogleProblem(problem)}\n\n`);
    this.#over = true;
  }
}
