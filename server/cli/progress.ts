import type { Io } from './verb.ts';

/** Shows how far something is, on one line of a terminal; silent elsewhere. */
export interface Progress {
  readonly update: (done: number, total: number) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

/** A line such as `Reading: 42 %`. Written only when the percentage changes. */
export function showProgress(io: Io, what: string): Progress {
  let shown = '';
  const show = (text: string) => {
    if (!io.isTerminal || text === shown) return;
    io.stderr.write(`\r${text.padEnd(shown.length)}`);
    shown = text;
  };
  return {
    update: (done, total) => show(`${what}: ${total === 0 ? 100 : Math.floor((100 * done) / total)} %`),
    clear: () => {
      if (shown !== '') io.stderr.write(`\r${' '.repeat(shown.length)}\r`);
      shown = '';
    },
  };
}
