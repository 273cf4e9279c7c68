import type { Usage } from '#engine/catalogue/index.ts';
import type { FrameMeaning, StreamReader } from '../dialect.ts';
import { objectIn, readEvent } from '../event-frames.ts';
import { isWireObject, textOf, type WireObject } from '../wire-value.ts';
import { classifyError, errorMessage } from './errors.ts';
import { laterUsage, readUsage } from './read-usage.ts';

const lifecycle = { kind: 'lifecycle' } as const;
const content = { kind: 'content' } as const;

/**
 * Reads a stream of `GenerateContentResponse` chunks. There is no last event: the answer is complete once every candidate
 * has a finish reason, or the prompt was blocked.
 */
export class GenerateStreamReader implements StreamReader {
  readonly #candidates = new Map<number, boolean>();
  #blocked = false;
  #usage: Usage | null = null;
  #outputCharacters = 0;

  get finished(): boolean {
    if (this.#blocked) return true;
    if (this.#candidates.size === 0) return false;
    for (const finished of this.#candidates.values()) if (!finished) return false;
    return true;
  }

  get usage(): Usage | null {
    return this.#usage;
  }

  get outputCharacters(): number {
    return this.#outputCharacters;
  }

  read(frame: Buffer): FrameMeaning {
    const event = readEvent(frame);
    const chunk = event === null ? null : objectIn(event);
    if (chunk === null) return lifecycle;
    if (isWireObject(chunk.error)) {
      return { kind: 'error', error: classifyError(200, chunk), message: errorMessage(chunk) };
    }
    this.#usage = laterUsage(this.#usage, readUsage(chunk.usageMetadata, chunk));
    const feedback = chunk.promptFeedback;
    if (isWireObject(feedback) && textOf(feedback.blockReason) !== '') {
      this.#blocked = true;
      return content;
    }
    let hasContent = false;
    for (const candidate of Array.isArray(chunk.candidates) ? chunk.candidates : []) {
      if (isWireObject(candidate) && this.#readCandidate(candidate)) hasContent = true;
    }
    return hasContent ? content : lifecycle;
  }

  #readCandidate(candidate: WireObject): boolean {
    const index = typeof candidate.index === 'number' ? candidate.index : 0;
    const finished = textOf(candidate.finishReason) !== '';
    this.#candidates.set(index, finished || this.#candidates.get(index) === true);
    const characters = charactersOf(candidate);
    this.#outputCharacters += characters;
    const said = isWireObject(candidate.content) ? candidate.content.parts : undefined;
    return finished || characters > 0 || (Array.isArray(said) && said.some(isMore));
  }
}

/** Anything but an empty text. */
function isMore(part: unknown): boolean {
  return isWireObject(part) && Object.keys(part).some((name) => name !== 'text' && name !== 'thought');
}

/** Characters of text, thoughts and arguments of a candidate. */
export function charactersOf({ content: said }: WireObject): number {
  const parts = isWireObject(said) && Array.isArray(said.parts) ? said.parts : [];
  return parts.reduce<number>((sum, part) => {
    if (!isWireObject(part)) return sum;
    const called = isWireObject(part.functionCall) ? JSON.stringify(part.functionCall).length : 0;
    return sum + textOf(part.text).length + called;
  }, 0);
}
