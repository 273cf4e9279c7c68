import { foreignRequest, type LogFormat, unknownUsage } from '../foreign-request.ts';
import { neededCount } from '../read-field.ts';

/** Mooncake's traces: ms since the start, lengths, and hashes of the prompt's blocks (which no column holds yet). */
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
        signals: { 'request.input_tokens': input },
        usage: { ...unknownUsage, input, output },
      }),
    ];
  },
};
