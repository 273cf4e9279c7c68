import type { Readable } from 'node:stream';

/** A sink for text. `process.stdout` is one; tests hand in a collector. */
export interface TextSink {
  write(text: string): unknown;
}

/** All a verb may touch of its terminal, so that it can be run without a process. */
export interface Io {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly stdin: Readable;
  /** Whether a person is looking on: progress is shown on `stderr` only then. */
  readonly isTerminal: boolean;
}

/** One word of the command line: `waybill check …`. */
export interface Verb {
  /** One line for the list of verbs. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly usage: string;
  /**
   * Runs with the arguments after the verb.
   * Answers the exit code: 0 well, 1 the work found errors, 2 the arguments are wrong.
   */
  run(args: readonly string[], io: Io): Promise<number>;
}
