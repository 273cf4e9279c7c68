import { foreignRequest, type LogFormat, RowProblem, unknownUsage } from '../foreign-request.ts';
import { neededCount } from '../read-field.ts';

const blockTokens = 512;

/**
 * Mooncake's traces: ms since the start, lengths, and hashes of the prompt's blocks of 512 tokens, each of which stands for
 * all that is before it too.
 */
export const mooncake: LogFormat = {
  name: 'mooncake',
  summary: 'Mooncake trace (JSON lines: timestamp, input_length, output_length, hash_ids)',
  csvColumns: [],
  clock: 'relative',
  read: (row) => {
    const at = neededCount(row, 'timestamp');
    const input = neededCount(row, 'input_length');
    const output = neededCount(row, 'output_length');
    return [
      foreignRequest({
        at,
        signals: {
          'request.input_tokens': input,
          'session.prefix_hashes': boundariesOf(row.hash_ids, input),
        },
        usage: { ...unknownUsage, input, output },
      }),
    ];
  },
};

/**
 * Beginnings at the first, second, fourth, eighth … block and at the last: at places that all requests have in common, so
 * that two of them find at least half of what they share.
 */
function boundariesOf(ids: unknown, input: number): readonly string[] | null {
  if (ids === undefined) return null;
  if (!Array.isArray(ids) || !ids.every((id) => Number.isSafeInteger(id))) {
    throw new RowProblem('"hash_ids" must be a list of whole numbers.');
  }
  return ids.flatMap((id, index) => {
    const blocks = index + 1;
    const isKept = (blocks & (blocks - 1)) === 0 || blocks === ids.length;
    return isKept ? [`${String(id)}:${Math.min(input, blocks * blockTokens)}`] : [];
  });
}
