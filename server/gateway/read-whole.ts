import { UpstreamFailure } from '../providers/provider.ts';
import type { Watch } from './watch.ts';

/** Bytes that an answer in one piece may have: it is held in memory. */
export const largestAnswer = 128 * 1024 * 1024;

/**
 * An answer's body in one piece. Throws {@link UpstreamFailure} when it breaks off or is larger than an answer can be.
 */
export async function readWhole(
  body: AsyncIterable<Uint8Array>,
  watch: Watch,
  most: number = largestAnswer,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  watch.begin();
  for await (const chunk of body) {
    watch.hear();
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > most)
      throw new UpstreamFailure(
        'server_error',
        `The answer is larger than ${most} bytes, the most that is taken.`,
      );
  }
  const [first] = chunks;
  return chunks.length === 1 && Buffer.isBuffer(first) ? first : Buffer.concat(chunks);
}
