import { pipeline, Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { teamsWhere } from '../../contract/index.ts';
import { ApiFailure } from '../../errors.ts';
import { principalOf } from '../actor.ts';
import type { Installation } from '../installation.ts';

const Query = z.object({ from: z.coerce.number().int(), to: z.coerce.number().int() });
/** More rows are too much for a browser; the server simulates them. */
export const mostColumnRows = 1_500_000;
const slice = 1 << 20;

/** Streams the columns of a window, compressed: what the studio simulates on while somebody draws. */
export function columnOctets({ simulator, logger }: Installation): RequestHandler {
  return async (request, response) => {
    // Rows of several teams cannot be told apart any more once they are columns, so the call is for who may read all.
    if (teamsWhere(principalOf(response), 'traffic.read') !== null)
      throw new ApiFailure(403, 'not_permitted', 'Columns of the log need traffic.read in all teams.');
    const query = Query.safeParse(request.query);
    if (!query.success || query.data.from >= query.data.to)
      throw new ApiFailure(
        400,
        'invalid_request',
        'query: `from` and `to` are ms since 1970, from before to.',
      );
    const parts = await simulator.columnOctets(query.data, mostColumnRows);
    if (parts === null)
      throw new ApiFailure(
        413,
        'too_large',
        `The window has more than ${mostColumnRows.toLocaleString('en')} requests. POST /api/simulate takes it.`,
      );
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-encoding': 'gzip',
      'cache-control': 'no-store',
      vary: 'accept-encoding',
    });
    // The fastest level: on this machine or in a local network the processor is slower than the wire.
    const gzip = createGzip({ level: constants.Z_BEST_SPEED });
    pipeline(Readable.from(slices(parts)), gzip, response, (error) => {
      if (error != null && !response.destroyed)
        logger.warn({ err: error }, 'columns were not sent to the end');
    });
  };
}

/** In small pieces, so that compressing one does not hold up everything else. */
function* slices(parts: readonly Uint8Array[]): Generator<Uint8Array> {
  for (const part of parts)
    for (let from = 0; from < part.byteLength; from += slice) yield part.subarray(from, from + slice);
}
