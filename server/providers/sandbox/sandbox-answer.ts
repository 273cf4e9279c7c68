import type { Usage } from '#engine/catalogue/index.ts';
import type { ErrorClass } from '#engine/nodes/index.ts';

/** A simulated answer before it is written in a dialect. */
export interface SandboxAnswer {
  readonly id: string;
  readonly model: string;
  /** Ms since 1970. */
  readonly at: number;
  readonly text: string;
  /** Ended at the client's limit. */
  readonly cut: boolean;
  readonly usage: Usage;
  /** Whether a stream states its usage (OpenAI's on request, Anthropic's always). */
  readonly usageWanted: boolean;
}

/** Failures that an upstream puts into words; the others are silence or a broken line. */
export type SimulatedError = Exclude<ErrorClass, 'timeout' | 'network' | 'unavailable' | 'rejected'>;

export interface WrittenError {
  readonly status: number;
  readonly body: string;
}

/** Writes simulated answers in one dialect. */
export interface SandboxWriter {
  plain(answer: SandboxAnswer): string;
  opening(answer: SandboxAnswer): string;
  piece(answer: SandboxAnswer, text: string): string;
  closing(answer: SandboxAnswer): string;
  error(model: string, kind: SimulatedError): WrittenError;
}
