import { noDeadlines } from '#engine/nodes/index.ts';
import { plainCall } from '#engine/plan/index.ts';
import type { Context } from '../context.ts';
import { isWireObject, parseJson } from '../dialects/index.ts';
import { type OnBehalf, whyFailed } from './ask-model.ts';
import { intake } from './intake.ts';
import type { MadeAttempt } from './made-attempt.ts';
import { tryTarget } from './try-target.ts';

/** Vectors in the order of the texts, or why there are none. `made` is billed to the request. */
export type EmbeddingsReply =
  | { readonly kind: 'answered'; readonly vectors: readonly Float64Array[]; readonly made: MadeAttempt }
  | { readonly kind: 'failed'; readonly message: string; readonly made: MadeAttempt };

/** Embeds texts through the gateway's own call path, by any provider that speaks `/v1/embeddings`. */
export async function askEmbeddings(
  {
    target,
    texts,
    deadlineMs,
  }: { readonly target: string; readonly texts: readonly string[]; readonly deadlineMs: number },
  { requestId, client, prices, pass }: OnBehalf,
  context: Context,
): Promise<EmbeddingsReply> {
  const raw = Buffer.from(JSON.stringify({ model: target, input: texts, encoding_format: 'float' }));
  const taken = intake(raw, {}, 'openai-embeddings');
  if (taken.kind === 'problem') throw new Error(`A question of ours is no request: ${taken.message}`);
  const call = plainCall('', target, { deadlines: { ...noDeadlines, totalMs: deadlineMs } });
  const inputTokens = Math.ceil(texts.reduce((sum, text) => sum + text.length, 0) / 4);
  const asked = { requestId, taken, query: '', passedOn: {}, inputTokens, client, prices, pass };
  const tried = await tryTarget(call, [], asked, context);
  if (tried.kind === 'opened') {
    tried.watch.end();
    const made = { ...tried.finish('server_error'), role: 'classifier' as const };
    return { kind: 'failed', message: `${target} sent a stream.`, made };
  }
  const made = { ...tried.made, role: 'classifier' as const };
  if (tried.kind === 'left') return { kind: 'failed', message: 'The client has left.', made };
  if (tried.kind === 'failed') return { kind: 'failed', message: whyFailed(target, tried), made };
  const vectors = vectorsIn(parseJson(tried.answer.body.toString('utf8')));
  if (vectors.length !== texts.length)
    return {
      kind: 'failed',
      message: `${target} gave ${vectors.length} vectors for ${texts.length} texts.`,
      made,
    };
  return { kind: 'answered', vectors, made };
}

/** The vectors of an answer in order of their index, each scaled to length 1. */
function vectorsIn(wire: unknown): readonly Float64Array[] {
  const data = isWireObject(wire) && Array.isArray(wire.data) ? wire.data : [];
  const items = data.flatMap((item: unknown) =>
    isWireObject(item) &&
    Array.isArray(item.embedding) &&
    item.embedding.every((one) => typeof one === 'number')
      ? [{ index: Number(item.index), vector: Float64Array.from(item.embedding as number[]) }]
      : [],
  );
  return items.sort((a, b) => a.index - b.index).map(({ vector }) => unit(vector));
}

function unit(vector: Float64Array): Float64Array {
  let length = 0;
  for (const value of vector) length += value * value;
  return length === 0 ? vector : vector.map((value) => value / Math.sqrt(length));
}
