import { foreignRequest, type LogFormat, RowProblem, unknownUsage } from '../foreign-request.ts';
import { neededCount, numberIn, textIn } from '../read-field.ts';

/**
 * BurstGPT: seconds since the trace's start. An answer of no tokens is a failed request, as its authors say. Newer releases
 * add the conversation and how long it took, in seconds. https://github.com/HPMLL/BurstGPT
 */
export const burstgpt: LogFormat = {
  name: 'burstgpt',
  summary: 'BurstGPT trace (CSV: Timestamp, Model, Request tokens, Response tokens, …)',
  csvColumns: ['Timestamp', 'Model', 'Request tokens', 'Response tokens'],
  clock: 'relative',
  read: (row) => {
    const seconds = numberIn(row, 'Timestamp');
    if (seconds === null || seconds < 0) {
      throw new RowProblem('"Timestamp" must be the seconds since the start of the trace.');
    }
    const input = neededCount(row, 'Request tokens');
    const output = neededCount(row, 'Response tokens');
    const failed = output === 0;
    const elapsed = numberIn(row, 'Elapsed time');
    return [
      foreignRequest({
        at: Math.round(seconds * 1_000),
        model: textIn(row, 'Model'),
        signals: { 'request.input_tokens': input, 'session.id': textIn(row, 'Session ID') },
        totalMs: elapsed === null ? null : elapsed * 1_000,
        usage: failed ? unknownUsage : { ...unknownUsage, input, output },
        usageSource: failed ? 'none' : 'provider',
        status: failed ? 'failed' : 'served',
        error: failed ? 'unknown' : '',
      }),
    ];
  },
};
