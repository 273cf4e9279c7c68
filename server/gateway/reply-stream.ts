import type { Decided } from './decide-request.ts';
import type { Exchange } from './exchange.ts';
import type { Execution } from './execute.ts';
import type { TakenIn } from './intake.ts';
import { countAnswering, type MadeAttempt, totalCost } from './made-attempt.ts';
import type { Ending } from './reply.ts';
import {
  addDecisionHeaders,
  addRequestId,
  addUpstreamHeaders,
  addWaybillHeaders,
  answeringHeaders,
  type FlatHeaders,
} from './reply-headers.ts';
import { type Patience, StreamLine } from './stream-line.ts';
import type { StreamEnding } from './tap.ts';
import type { OpenedStream } from './tried.ts';

/** The client's end of a stream that is asked for and not answered yet; `null` for an answer in one piece. */
export function openLine(
  exchange: Exchange,
  { request, dialect }: TakenIn,
  decided: Decided,
  patience: Patience | undefined,
): StreamLine | null {
  if (!request.stream) return null;
  const line: StreamLine = new StreamLine(
    exchange.res,
    dialect,
    () => {
      const names =
        'x-waybill-target, x-waybill-attempts, x-waybill-sandbox, x-waybill-dropped, x-waybill-cost';
      const flat = [...streamHeaders(line, undefined), 'trailer', names];
      addDecisionHeaders(flat, exchange, decided);
      addRequestId(flat, exchange, dialect, {});
      return flat;
    },
    patience,
  );
  return line;
}

/**
 * Passes a stream on until it ends, at the speed the client reads. What breaks from here on ends in the dialect's error
 * event: a made-up finish would make half an answer look whole.
 */
export async function replyStream(
  exchange: Exchange,
  { dialect }: TakenIn,
  decided: Decided,
  { stream: opened, attempts: before }: Extract<Execution, { kind: 'opened' }>,
  clock: () => number,
  line: StreamLine,
): Promise<Ending> {
  const firstTokenMs = clock() - exchange.at;
  const early = line.begun;
  if (!early) {
    // The cost is known at the end, so it is a trailer.
    const flat = [...streamHeaders(line, opened.headers['content-type']), 'trailer', 'x-waybill-cost'];
    addWaybillHeaders(flat, exchange, decided, countAnswering(before) + 1, opened);
    addUpstreamHeaders(flat, opened.headers);
    addRequestId(flat, exchange, dialect, opened.headers);
    line.begin(flat);
  }
  try {
    await passOn(opened, line, exchange);
    const ending = endingOf(opened, exchange);
    const made = opened.finish(outcomeOf(ending));
    const attempts = [...before, made];
    const trailers = early ? answeringHeaders(countAnswering(attempts), opened) : [];
    line.end(lastEvent(ending, opened, exchange.id), [...trailers, ...costTrailer(attempts)]);
    return { ...statusOf(ending), attempts, firstTokenMs };
  } finally {
    opened.watch.end();
  }
}

function streamHeaders(line: StreamLine, upstream: string | undefined): FlatHeaders {
  const type = line.contentType ?? upstream ?? 'text/event-stream; charset=utf-8';
  // nginx holds a stream back unless it is told not to.
  return ['content-type', type, 'cache-control', 'no-cache', 'x-accel-buffering', 'no'];
}

export function costTrailer(attempts: readonly MadeAttempt[]): [string, string][] {
  const cost = totalCost(attempts);
  return cost === null ? [] : [['x-waybill-cost', String(cost)]];
}

/** A client that has left is not written to; what is still listened for is the usage. */
async function passOn(opened: OpenedStream, line: StreamLine, { res }: Exchange): Promise<void> {
  const { stream, watch } = opened;
  let bytes: Buffer | null = opened.opening;
  while (bytes !== null) {
    if (!res.destroyed && !line.write(bytes)) await line.drained(watch);
    bytes = await stream.next();
  }
}

function endingOf({ stream, watch }: OpenedStream, { res }: Exchange): StreamEnding {
  if (watch.left || res.destroyed) return { kind: 'left' };
  return stream.ending ?? { kind: 'left' };
}

function outcomeOf(ending: StreamEnding): Parameters<OpenedStream['finish']>[0] {
  switch (ending.kind) {
    case 'complete':
      return 'served';
    case 'left':
      return 'abandoned';
    case 'failed':
      return ending.error;
  }
}

function statusOf(ending: StreamEnding): Pick<Ending, 'status' | 'httpStatus' | 'error'> {
  switch (ending.kind) {
    case 'complete':
      return { status: 'served', httpStatus: 200, error: '' };
    case 'left':
      return { status: 'abandoned', httpStatus: 499, error: '' };
    case 'failed':
      return { status: 'failed', httpStatus: 200, error: ending.error };
  }
}

function lastEvent(ending: StreamEnding, { target, stream }: OpenedStream, requestId: string): string {
  if (ending.kind !== 'failed' || ending.told) return '';
  const message = `The answer of ${target} broke off (${ending.error}): ${ending.message}`;
  const status = ending.error === 'timeout' ? 504 : 502;
  return stream.errorFrame({ status, code: ending.error, message, param: null, requestId });
}
