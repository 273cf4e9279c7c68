import { foreignRequest, type LogFormat, RowProblem, unknownUsage } from '../foreign-request.ts';
import { neededCount, timeIn } from '../read-field.ts';

/**
 * Azure's public LLM inference traces (2023, 2024): times and token counts, no models and no callers.
 * https://github.com/Azure/AzurePublicDataset/blob/master/AzureLLMInferenceDataset2023.md
 */
export const azure: LogFormat = {
  name: 'azure',
  summary: 'Azure LLM inference trace (CSV: TIMESTAMP, ContextTokens, GeneratedTokens)',
  csvColumns: ['TIMESTAMP', 'ContextTokens', 'GeneratedTokens'],
  clock: 'absolute',
  read: (row) => {
    const at = timeIn(row, 'TIMESTAMP');
    if (at === null) throw new RowProblem('"TIMESTAMP" is missing.');
    const input = neededCount(row, 'ContextTokens');
    const output = neededCount(row, 'GeneratedTokens');
    return [
      foreignRequest({
        at,
        signals: { 'request.input_tokens': input },
        usage: { ...unknownUsage, input, output },
      }),
    ];
  },
};
