import { foreignRequest, type LogFormat, type Row, RowProblem, unknownUsage } from '../foreign-request.ts';
import { neededCount } from '../read-field.ts';

const blockTokens = 512;

/**
 * Mooncake's traces: ms since the start, lengths, and hashes of the prompt's blocks of 512 tokens, each of which stands for
 * all that is before it too. A block that came before is one that a cache of any size still holds: those tokens are read
 * from the cache here, as its publishers count hits, and the usage is marked as estimated.
 */
export const mooncake: LogFormat = {
  name: 'mooncake',
  summary: 'Mooncake trace (JSON lines: timestamp, input_length, output_length, hash_ids)',
  csvColumns: [],
  clock: 'relative',
  read: (row) => [requestOf(row, new Set()).request],
  open: () => {
    const seen = new Set<number>();
    let [blocks, hits] = [0, 0];
    return {
      read: (row) => {
        const told = requestOf(row, seen);
        blocks += told.blocks;
        hits += told.hits;
        return [told.request];
      },
      remarks: () =>
        blocks === 0
          ? []
          : [
              `${((100 * hits) / blocks).toFixed(1)} % of the prompts’ ${blocks.toLocaleString('en')} blocks came before: what a prompt cache without bounds reads. They count as read from the cache.`,
            ],
    };
  },
};

function requestOf(row: Row, seen: Set<number>) {
  const at = neededCount(row, 'timestamp');
  const input = neededCount(row, 'input_length');
  const output = neededCount(row, 'output_length');
  const ids = blocksOf(row.hash_ids);
  const fresh = ids?.findIndex((id) => !seen.has(id)) ?? 0;
  const hits = ids === null ? 0 : fresh < 0 ? ids.length : fresh;
  for (const id of ids ?? []) seen.add(id);
  const cacheRead = ids === null ? null : Math.min(input, hits * blockTokens);
  const request = foreignRequest({
    at,
    signals: {
      'request.input_tokens': input,
      'session.prefix_hashes':
        ids?.map((id, index) => `${id}:${Math.min(input, (index + 1) * blockTokens)}`) ?? null,
    },
    usage: { ...unknownUsage, input: input - (cacheRead ?? 0), cacheRead, output },
    usageSource: ids === null ? 'provider' : 'estimated',
  });
  return { request, blocks: ids?.length ?? 0, hits };
}

function blocksOf(ids: unknown): readonly number[] | null {
  if (ids === undefined) return null;
  if (!Array.isArray(ids) || !ids.every((id): id is number => Number.isSafeInteger(id)))
    throw new RowProblem('"hash_ids" must be a list of whole numbers.');
  return ids;
}
