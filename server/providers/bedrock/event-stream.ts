import { crc32 } from 'node:zlib';

/** One message of AWS's event stream: its text headers and its payload. */
export interface StreamMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Buffer;
}

/** Bytes that are no event stream, or one that was cut. */
export class BrokenEventStream extends Error {
  override readonly name = 'BrokenEventStream';
}

const preludeBytes = 12;
const textHeader = 7;
/** AWS's own limit is 24 MB a message. */
const longest = 25_165_824;

/**
 * Cuts AWS's binary event stream (`application/vnd.amazon.eventstream`) into messages, from chunks cut anywhere. Both
 * checksums of each are tested.
 */
export class EventStreamCutter {
  #held: Buffer = Buffer.alloc(0);

  push(chunk: Uint8Array): readonly StreamMessage[] {
    this.#held = this.#held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#held, chunk]);
    const messages: StreamMessage[] = [];
    for (;;) {
      if (this.#held.length < preludeBytes) return messages;
      const length = this.#held.readUInt32BE(0);
      if (length < preludeBytes + 4 || length > longest) {
        throw new BrokenEventStream(`The provider’s stream has a message of ${length} bytes.`);
      }
      if (this.#held.length < length) return messages;
      messages.push(readMessage(this.#held.subarray(0, length)));
      this.#held = this.#held.subarray(length);
    }
  }

  /** Bytes of a message whose end never came. */
  get pending(): number {
    return this.#held.length;
  }
}

function readMessage(message: Buffer): StreamMessage {
  const end = message.length - 4;
  const intact =
    crc32(message.subarray(0, 8)) === message.readUInt32BE(8) &&
    crc32(message.subarray(0, end)) === message.readUInt32BE(end);
  if (!intact) throw new BrokenEventStream('A message of the provider’s stream does not fit its checksum.');
  const headersEnd = preludeBytes + message.readUInt32BE(4);
  return {
    headers: readHeaders(message.subarray(preludeBytes, headersEnd)),
    payload: message.subarray(headersEnd, end),
  };
}

/** Only text headers have a meaning here, and Bedrock sends no others. */
function readHeaders(bytes: Buffer): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  let at = 0;
  while (at < bytes.length) {
    const nameEnd = at + 1 + bytes.readUInt8(at);
    const name = bytes.toString('utf8', at + 1, nameEnd);
    const type = bytes.readUInt8(nameEnd);
    if (type !== textHeader)
      throw new BrokenEventStream(`The provider’s stream has a header of type ${type}.`);
    const valueStart = nameEnd + 3;
    const valueEnd = valueStart + bytes.readUInt16BE(nameEnd + 1);
    headers[name] = bytes.toString('utf8', valueStart, valueEnd);
    at = valueEnd;
  }
  return headers;
}
