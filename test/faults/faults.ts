import { gzipSync } from 'node:zlib';
import { begin, broken, eventStream, type Fault, failed, good, json, served } from './fault.ts';

const short = 'x'.repeat(40);
const tenMegabytes = 'y'.repeat(10 * 1024 * 1024);
const fiftyMegabytes = 'z'.repeat(50 * 1024 * 1024);

/** Upstreams go wrong in all of these ways. One line is one suite over every dialect. */
export const faults: readonly Fault[] = [
  {
    name: 'an event cut in the middle',
    modes: ['stream'],
    answer: (res, wire) => {
      begin(res, wire.head, wire.part('Hi'), wire.part('lost').slice(0, -9));
      res.end();
    },
    outcome: () => broken('network', 'ended'),
  },
  {
    name: 'a stream cut before its first content',
    modes: ['stream'],
    answer: (res, wire) => {
      begin(res, wire.head, wire.part('lost').slice(0, -9));
      res.end();
    },
    outcome: () => failed('network', 502, 'ended', { usage: 'begun' }),
  },
  {
    name: 'bytes that are no UTF-8',
    answer: (res, wire, mode) => {
      const bytes = Buffer.from(good(wire, mode, 'Hi~'));
      bytes[bytes.indexOf('~')] = 0xff;
      res.writeHead(200, mode === 'stream' ? eventStream : json);
      res.end(bytes);
    },
    outcome: () => served('Hi\ufffd'),
  },
  {
    name: 'a line of 10 MB',
    modes: ['stream'],
    answer: (res, wire) => {
      begin(res, wire.head, wire.part(tenMegabytes), wire.tail);
      res.end();
    },
    outcome: () => served(tenMegabytes),
  },
  {
    name: 'a line of 20 MB',
    modes: ['stream'],
    answer: (res, wire) => {
      begin(res, wire.head, wire.part(tenMegabytes + tenMegabytes), wire.tail);
      res.end();
    },
    outcome: () => failed('server_error', 502, 'larger than', { usage: 'begun' }),
  },
  {
    name: 'an answer of 50 MB',
    modes: ['plain'],
    answer: (res, wire) => {
      res.writeHead(200, json);
      res.end(JSON.stringify(wire.whole(fiftyMegabytes)));
    },
    outcome: () => served(fiftyMegabytes),
  },
  {
    name: 'a page of HTML',
    answer: (res) => {
      res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      res.end('<html>Sign in</html>');
    },
    outcome: () => failed('server_error', 502, 'answered 200 with text/html'),
  },
  {
    name: 'a 503 in HTML',
    answer: (res) => {
      res.writeHead(503, { 'content-type': 'text/html', 'retry-after': '7' });
      res.end('<html>Down</html>');
    },
    outcome: () => failed('server_error', 503, 'answered 503 with text/html', { retryAfter: '7' }),
  },
  {
    name: 'a 200 with an error inside',
    answer: (res, wire) => {
      res.writeHead(200, json);
      res.end(JSON.stringify(wire.overload));
    },
    outcome: () => failed('server_error', 0, 'Overloaded, sorry.'),
  },
  {
    name: 'an error as the first event',
    modes: ['stream'],
    answer: (res, wire) => {
      begin(res, wire.head, wire.overloadEvent);
      res.end();
    },
    outcome: () => failed('server_error', 0, 'Overloaded, sorry.', { usage: 'begun' }),
  },
  {
    name: 'an error in the middle of a stream',
    modes: ['stream'],
    answer: (res, wire) => {
      begin(res, wire.head, wire.part('Hi'));
      // So that it does not come with the content: then nothing would have been sent yet.
      setTimeout(() => res.write(wire.overloadEvent), 50);
    },
    outcome: () => broken('server_error', 'Overloaded, sorry.'),
  },
  {
    name: 'a redirect',
    answer: (res) => {
      res.writeHead(307, { location: 'https://elsewhere.test/v1' });
      res.end();
    },
    outcome: () => failed('server_error', 502, 'a redirect to https://elsewhere.test/v1'),
  },
  {
    name: 'a content length that is too long',
    answer: (res, wire, mode) => {
      const bytes = mode === 'stream' ? wire.head + wire.part('Hi') : good(wire, mode);
      const type = mode === 'stream' ? 'text/event-stream' : 'application/json';
      res.socket?.end(
        `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${bytes.length + 99}\r\n\r\n${bytes}`,
      );
    },
    outcome: (mode) =>
      mode === 'stream' ? broken('network', 'broke off') : failed('network', 502, 'failed'),
  },
  {
    name: 'a content length that is too short',
    answer: (res, wire, mode) => {
      const bytes = good(wire, mode);
      const type = mode === 'stream' ? 'text/event-stream' : 'application/json';
      const length = mode === 'stream' ? wire.head.length + wire.part('Hi').length : bytes.length - 5;
      res.socket?.end(
        `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${length}\r\n\r\n${bytes}`,
      );
    },
    outcome: (mode) =>
      mode === 'stream' ? broken('network', 'ended') : failed('server_error', 502, 'no answer of its API'),
  },
  {
    name: 'an answer that falls silent',
    deadlines: { idle_ms: 40 },
    answer: (res, wire, mode) => {
      if (mode === 'stream') return begin(res, wire.head, wire.part('Hi'));
      res.writeHead(200, json);
      res.write(good(wire, mode).slice(0, 20));
    },
    outcome: (mode) =>
      mode === 'stream'
        ? broken('timeout', 'nothing more within 40 ms')
        : failed('timeout', 504, 'nothing more'),
  },
  {
    name: 'an answer that never ends',
    deadlines: { total_ms: 120, idle_ms: 100 },
    answer: (res, wire, mode) => {
      if (mode === 'stream') begin(res, wire.head, wire.part('Hi'));
      else res.writeHead(200, json);
      const more = setInterval(() => res.write(mode === 'stream' ? ': more\n\n' : ' '), 10);
      res.on('close', () => clearInterval(more));
    },
    outcome: (mode) =>
      mode === 'stream'
        ? broken('timeout', 'no complete answer within 120 ms')
        : failed('timeout', 504, 'no complete answer'),
  },
  {
    name: 'a stream that says nothing but that it has begun',
    modes: ['stream'],
    deadlines: { first_token_ms: 40 },
    answer: (res, wire) => begin(res, wire.head, ': wait\n\n'),
    outcome: () => failed('timeout', 504, 'no answer within 40 ms', { usage: 'begun' }),
  },
  {
    name: 'headers that never come',
    deadlines: { first_token_ms: 40 },
    answer: () => {},
    outcome: () => failed('timeout', 504, 'no answer within 40 ms'),
  },
  {
    name: 'a connection that is reset in the middle',
    answer: (res, wire, mode) => {
      const bytes = mode === 'stream' ? wire.head + wire.part('Hi') : good(wire, mode).slice(0, 20);
      res.writeHead(200, mode === 'stream' ? eventStream : json);
      res.write(bytes, () => setTimeout(() => res.socket?.resetAndDestroy(), 5));
    },
    outcome: (mode) =>
      mode === 'stream' ? broken('network', 'broke off') : failed('network', 502, 'failed'),
  },
  {
    name: 'a connection that is reset before the headers',
    answer: (res) => void res.socket?.resetAndDestroy(),
    outcome: () => failed('network', 502, 'failed'),
  },
  {
    name: 'an answer that is packed though none was asked for',
    answer: (res, wire, mode) => {
      const type = mode === 'stream' ? eventStream : json;
      res.writeHead(200, { ...type, 'content-encoding': 'gzip' });
      res.end(gzipSync(good(wire, mode)));
    },
    outcome: () => served('Hi'),
  },
  {
    name: 'packed bytes that are none',
    answer: (res, _wire, mode) => {
      const type = mode === 'stream' ? eventStream : json;
      res.writeHead(200, { ...type, 'content-encoding': 'gzip' });
      res.end(short);
    },
    outcome: () => failed('server_error', 502, 'gzip'),
  },
  {
    name: 'a packing that nobody knows',
    answer: (res, _wire, mode) => {
      const type = mode === 'stream' ? eventStream : json;
      res.writeHead(200, { ...type, 'content-encoding': 'lzma2' });
      res.end(short);
    },
    outcome: () => failed('server_error', 502, 'packed its answer as lzma2'),
  },
  {
    name: 'an error that is packed',
    answer: (res, wire) => {
      res.writeHead(503, { ...json, 'content-encoding': 'gzip' });
      res.end(gzipSync(JSON.stringify(wire.overload)));
    },
    outcome: () => failed('server_error', 503, 'Overloaded, sorry.'),
  },
];

/** Something said behind the end, by an upstream that does not close the answer either. */
export const chunkBehindTheEnd: Fault = {
  name: 'a chunk behind the end, and no end of the connection',
  modes: ['stream'],
  answer: (res, wire) => begin(res, wire.head + wire.part('Hi') + wire.tail + wire.part(' and more')),
  outcome: () => served('Hi'),
};
