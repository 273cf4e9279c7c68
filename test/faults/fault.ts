import type { ServerResponse } from 'node:http';
import type { Wire } from './wires.ts';

export type Mode = 'plain' | 'stream';

/** What has to come of a fault, whatever the client speaks. */
export interface Outcome {
  readonly status: 'served' | 'failed';
  /** Error class; empty when served. */
  readonly error: string;
  /** What the client sees; 200 where the error is an event. */
  readonly http: number;
  /** `begun`: what the upstream had counted before its first content, where its dialect counts then. */
  readonly usage: 'none' | 'begun' | 'estimated' | 'provider';
  /** A part of the client's message. */
  readonly says?: string | RegExp;
  /** The text that comes through. */
  readonly text?: string;
  readonly retryAfter?: string;
}

/** Something that goes wrong upstream. */
export interface Fault {
  readonly name: string;
  /** Plain and stream unless told otherwise. */
  readonly modes?: readonly Mode[];
  readonly deadlines?: object;
  answer(res: ServerResponse, wire: Wire, mode: Mode): void;
  outcome(mode: Mode): Outcome;
}

export const eventStream = { 'content-type': 'text/event-stream' };
export const json = { 'content-type': 'application/json' };

export function begin(res: ServerResponse, ...events: (string | Buffer)[]): void {
  res.writeHead(200, eventStream);
  for (const one of events) res.write(one);
}

/** An answer without a fault, in bytes. */
export function good(wire: Wire, mode: Mode, text = 'Hi'): string {
  return mode === 'stream' ? wire.head + wire.part(text) + wire.tail : JSON.stringify(wire.whole(text));
}

export const served = (text: string): Outcome => ({
  status: 'served',
  error: '',
  http: 200,
  usage: 'provider',
  text,
});
export const failed = (
  error: string,
  http: number,
  says: string | RegExp,
  more: Partial<Outcome> = {},
): Outcome => ({
  status: 'failed',
  error,
  http,
  usage: 'none',
  says,
  ...more,
});
/** An error behind the first content. */
export const broken = (error: string, says: string | RegExp): Outcome =>
  failed(error, 200, says, { usage: 'estimated', text: 'Hi' });
