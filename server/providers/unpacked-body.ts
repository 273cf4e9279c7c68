import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { UpstreamFailure } from './provider.ts';

const unpackers: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body of an answer that came packed though it was asked for as it is: some servers and proxies pack whatever they are
 * asked. Unpacked piece by piece, so that a stream stays one, with back-pressure. Ends by throwing {@link UpstreamFailure}
 * for a packing that nobody knows, and for bytes that are none. Read once.
 */
export function unpackBody(encoding: string, body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const packed = body[Symbol.asyncIterator]();
  const make = unpackers[encoding.trim().toLowerCase()];
  if (make === undefined) return unknownPacking(encoding, packed);
  const unpacker = make();
  const unpacked = unpack(encoding, packed, unpacker);
  const iterator: AsyncIterator<Uint8Array> = {
    next: () => unpacked.next(),
    // At once, also while a piece is awaited: a generator would wait for it.
    return: async () => {
      unpacker.destroy();
      await packed.return?.();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

function unknownPacking(encoding: string, packed: AsyncIterator<Uint8Array>): AsyncIterable<Uint8Array> {
  const message = `The upstream packed its answer as ${encoding}, which is not known here.`;
  const next = async () => {
    await packed.return?.();
    throw new UpstreamFailure('server_error', message);
  };
  return { [Symbol.asyncIterator]: () => ({ next }) };
}

async function* unpack(
  encoding: string,
  packed: AsyncIterator<Uint8Array>,
  unpacker: Transform,
): AsyncGenerator<Uint8Array> {
  const feeding = feed(packed, unpacker);
  try {
    yield* unpacker;
    await feeding;
  } catch (cause) {
    void packed.return?.();
    if (cause instanceof UpstreamFailure) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    const message = `The upstream’s answer is no ${encoding}, though it says so: ${why}.`;
    throw new UpstreamFailure('server_error', message, cause);
  }
}

/** Ends when the body does; a body that breaks off breaks the unpacker off with the same words. */
async function feed(packed: AsyncIterator<Uint8Array>, unpacker: Transform): Promise<void> {
  try {
    for (let piece = await packed.next(); piece.done !== true; piece = await packed.next()) {
      if (unpacker.destroyed) return;
      if (!unpacker.write(piece.value)) await drained(unpacker);
    }
    unpacker.end();
  } catch (cause) {
    unpacker.destroy(cause instanceof Error ? cause : new Error(String(cause)));
  }
}

function drained(unpacker: Transform): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      unpacker.off('drain', done);
      unpacker.off('close', done);
      resolve();
    };
    unpacker.on('drain', done);
    unpacker.on('close', done);
  });
}
