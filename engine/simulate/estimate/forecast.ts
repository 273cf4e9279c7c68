import type { Replay } from '../simulate.ts';
import { priceParts } from './price-parts.ts';

/** What the requests of a what-if cost after the change, told of these very requests. */
export interface Forecast {
  /** Nano-dollars; bounds of 95 %. */
  readonly total: number;
  readonly low: number;
  readonly high: number;
}

interface Moved {
  readonly from: string;
  readonly to: string;
  readonly task: string;
  rows: number;
  input: number;
  output: number;
}

/**
 * The cost of moved requests with the doubt of the estimates alone: about means, which requests of a move and task share,
 * and about each request's own tokens, which averages out. The range of a what-if is wider, since it is resampled too and
 * so speaks of other weeks as well.
 */
export function forecast(replay: Replay): Forecast {
  const { bins, facts, table, estimator } = replay;
  const moves = new Map<string, Moved>();
  let total = 0;
  for (let row = 0; row < bins.codes.length; row += 1) {
    const bin = bins.bins[bins.codes[row] as number];
    const rule = bin?.afterRule;
    if (bin === undefined || rule === undefined) continue;
    if (rule.source === 'logged') total += facts.cost[row] as number;
    if (rule.source !== 'priced') continue;
    const { input, output } = priceParts(table, rule.line, facts, row, rule.factors);
    total += input + output;
    if (bin.after.target === bin.logged.target) continue;
    const task = facts.tasks.codes[row] as number;
    const key = `${bin.logged.target} ${bin.after.target} ${task}`;
    const move = moves.get(key) ?? {
      from: bin.logged.target,
      to: bin.after.target,
      task: facts.tasks.names[task] ?? '',
      rows: 0,
      input: 0,
      output: 0,
    };
    move.rows += 1;
    move.input += input;
    move.output += output;
    moves.set(key, move);
  }
  const width = 1.96 * deviation([...moves.values()], estimator);
  return { total, low: Math.max(0, total - width), high: total + width };
}

/** Input doubts are one for a move, whatever the task; those of answers are told by task. */
function deviation(moves: readonly Moved[], estimator: Replay['estimator']): number {
  let variance = 0;
  const inputs = new Map<string, { shared: number; of: number }>();
  for (const { from, to, task, rows, input, output } of moves) {
    const doubt = estimator.doubt(from, to, task);
    const seen = inputs.get(`${from} ${to}`) ?? { shared: doubt.input.shared, of: 0 };
    seen.of += input;
    inputs.set(`${from} ${to}`, seen);
    variance += (output * doubt.output.shared) ** 2;
    variance += ((output * doubt.output.own) ** 2 + (input * doubt.input.own) ** 2) / rows;
  }
  for (const { shared, of } of inputs.values()) variance += (of * shared) ** 2;
  return Math.sqrt(variance);
}
