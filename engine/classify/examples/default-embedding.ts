import file from './embedding.generated.json' with { type: 'json' };
import { type EmbeddingFile, readEmbedding, type StaticEmbedding } from './static-embedding.ts';

let read: StaticEmbedding | undefined;

/** The embedding that ships, decoded when it is first asked for. */
export function staticEmbedding(): StaticEmbedding {
  read ??= readEmbedding(file as EmbeddingFile);
  return read;
}
