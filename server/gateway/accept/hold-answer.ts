import { isWireObject, parseJson } from '../../dialects/index.ts';
import type { TakenIn } from '../intake.ts';
import type { OpenedStream, Tried } from '../tried.ts';
import { readSaid, type Said } from './said.ts';
import { saidInStream } from './said-in-stream.ts';

/** An answer that is whole and has not gone out: what it says, and it itself, to be sent as it came. */
export type Held =
  | {
      readonly kind: 'held';
      readonly said: Said;
      readonly tried: Extract<Tried, { kind: 'answered' | 'opened' }>;
    }
  /** Its stream broke off; nothing has gone out, so another target may still answer. */
  | { readonly kind: 'broken'; readonly tried: Extract<Tried, { kind: 'failed' | 'left' }> };

/** Waits for the end of an answer. A stream is kept whole and can then be sent at once. */
export async function holdAnswer(
  tried: Extract<Tried, { kind: 'answered' | 'opened' }>,
  { dialect }: TakenIn,
): Promise<Held> {
  if (tried.kind === 'opened') return holdStream(tried, dialect.name);
  const wire = parseJson(tried.answer.body.toString('utf8'));
  return { kind: 'held', said: readSaid(dialect.name, isWireObject(wire) ? wire : {}), tried };
}

async function holdStream(opened: OpenedStream, dialect: TakenIn['dialect']['name']): Promise<Held> {
  const pieces = [opened.opening];
  for (let piece = await opened.stream.next(); piece !== null; piece = await opened.stream.next())
    pieces.push(piece);
  const { ending } = opened.stream;
  if (ending?.kind === 'complete') {
    const opening = Buffer.concat(pieces);
    return { kind: 'held', said: saidInStream(dialect, opening), tried: { ...opened, opening } };
  }
  opened.watch.end();
  if (ending?.kind !== 'failed')
    return { kind: 'broken', tried: { kind: 'left', made: opened.finish('abandoned') } };
  const { error, message } = ending;
  const made = opened.finish(error);
  return { kind: 'broken', tried: { kind: 'failed', made, error, message, answer: null } };
}
