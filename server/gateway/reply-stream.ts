import type { ServerResponse } from 'node:http';
import type { StreamFraming, WireDialect } from '../dialects/index.ts';
import type { Decided } from './decide-request.ts';
import type { Exchange } from './exchange.ts';
import type { Execution } from './execute.ts';
import { totalCost } from './made-attempt.ts';
import type { Ending } from './reply.ts';
import { addUpstreamHeaders, addWaybillHeaders, type FlatHeaders } from './reply-headers.ts';
import type { StreamEnding } from './tap.ts';
import type { OpenedStream } from './try-target.ts';

/**
 * Passes a stream on until it ends, at the speed the client reads. What breaks from here on ends in the dialect's error
 * event: a made-up finish would make half an answer look whole.
 */
export async function replyStream(
  exchange: Exchange,
  dialect: WireDialect,
  decided: Decided,
  { stream: opened, attempts: before }: Extract<Execution, { kind: 'opened' }>,
  clock: () => number,
): Promise<Ending> {
  const { res } = exchange;
  const firstTokenMs = clock() - exchange.at;
  const framing = dialect.makeFraming?.() ?? null;
  res.writeHead(200, headersOf(exchange, decided, opened, before.length + 1, framing));
  try {
    await passOn(opened, res, framing);
    // Committed and not ended: the client went away while it was being written to.
    const ending: StreamEnding = opened.stream.ending ?? { kind: 'left' };
    const made = opened.finish(outcomeOf(ending));
    const attempts = [...before, made];
    close(exchange, dialect, ending, opened, totalCost(attempts), framing);
    return { ...statusOf(ending), attempts, firstTokenMs };
  } finally {
    opened.watch.end();
  }
}

function headersOf(
  exchange: Exchange,
  decided: Decided,
  opened: OpenedStream,
  attempts: number,
  framing: StreamFraming | null,
): FlatHeaders {
  const type = framing?.contentType ?? opened.headers['content-type'] ?? 'text/event-stream; charset=utf-8';
  // The cost is known at the end, so it is a trailer.
  const flat = ['content-type', type, 'cache-control', 'no-cache', 'trailer', 'x-waybill-cost'];
  addWaybillHeaders(flat, exchange, decided, attempts, opened);
  addUpstreamHeaders(flat, opened.headers);
  return flat;
}

async function passOn(
  { stream, watch, opening }: OpenedStream,
  res: ServerResponse,
  framing: StreamFraming | null,
): Promise<void> {
  let bytes: Buffer | null = opening;
  while (bytes !== null) {
    if (!res.write(framing === null ? bytes : framing.push(bytes))) {
      watch.pause();
      await drained(res, watch);
      watch.resume();
    }
    bytes = await stream.next();
  }
}

/** Until the client has read enough, has left, or the time for the whole answer is over. */
function drained(res: ServerResponse, watch: OpenedStream['watch']): Promise<void> {
  if (!res.writableNeedDrain || res.destroyed || watch.stopped) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      res.off('drain', done);
      res.off('close', done);
      resolve();
    };
    res.on('drain', done);
    res.on('close', done);
  });
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

function close(
  { res, id }: Exchange,
  dialect: WireDialect,
  ending: StreamEnding,
  { target, stream }: OpenedStream,
  cost: number | null,
  framing: StreamFraming | null,
): void {
  if (ending.kind === 'left') {
    res.destroy();
    return;
  }
  if (ending.kind === 'failed' && !ending.told) {
    const message = `The answer of ${target} broke off (${ending.error}): ${ending.message}`;
    const status = ending.error === 'timeout' ? 504 : 502;
    const problem = { status, code: ending.error, message, param: null, requestId: id };
    const frame = stream.errorFrame(problem);
    res.write(framing === null ? frame : framing.push(Buffer.from(frame)));
  }
  if (framing !== null) res.write(framing.end());
  if (cost !== null) res.addTrailers([['x-waybill-cost', String(cost)]]);
  res.end();
}
