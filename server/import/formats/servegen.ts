import { foreignRequest, type LogFormat, RowProblem, unknownUsage } from '../foreign-request.ts';
import { countIn, neededCount, textIn } from '../read-field.ts';

/**
 * A day of ServeGen's clients. Reasoning tokens are a part of the completion (in all 16,259 rows that state them they are
 * the smaller number), so they are taken out of the output: our classes are disjoint.
 */
export const servegen: LogFormat = {
  name: 'servegen',
  summary: 'ServeGen day (CSV: t_ms, tenant, model, prompt_tokens, completion_tokens, reasoning_tokens)',
  csvColumns: ['t_ms', 'tenant', 'model', 'prompt_tokens', 'completion_tokens'],
  clock: 'relative',
  read: (row) => {
    const input = neededCount(row, 'prompt_tokens');
    const completion = neededCount(row, 'completion_tokens');
    const reasoning = countIn(row, 'reasoning_tokens');
    if (reasoning !== null && reasoning > completion) {
      throw new RowProblem(
        `"reasoning_tokens" (${reasoning}) are more than "completion_tokens" (${completion}).`,
      );
    }
    const team = textIn(row, 'tenant');
    return [
      foreignRequest({
        at: neededCount(row, 't_ms'),
        model: textIn(row, 'model'),
        signals: { 'request.input_tokens': input, 'caller.team': team },
        usage: { ...unknownUsage, input, output: completion - (reasoning ?? 0), reasoning },
      }),
    ];
  },
};
