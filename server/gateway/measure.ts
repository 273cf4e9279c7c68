import { classifyTask } from '#engine/classify/index.ts';
import {
  type Caller,
  type LiveState,
  measureSignals,
  type NeutralRequest,
  type Signals,
} from '#engine/signals/index.ts';
import type { Context } from '../context.ts';
import { checksumOf } from './checksum.ts';
import { liveStateOf } from './live-state.ts';

/** Every signal that costs no call, for every request, so that tomorrow's policies can be simulated on today's log. */
export function measure(
  request: NeutralRequest,
  caller: Caller,
  at: number,
  context: Pick<Context, 'draw' | 'fingerprint'> & Partial<Pick<Context, 'live'>>,
  live: LiveState = liveStateOf(context),
): Signals {
  const { messages, tools } = request;
  let images = 0;
  let system = '';
  let text = '';
  for (const message of messages) {
    images += message.images;
    if (message.role === 'user') text = message.text;
    else if (message.role === 'system') system = system === '' ? message.text : `${system}\n${message.text}`;
  }
  const task = classifyTask({ text, system, tools: tools.length, images, messages: messages.length });
  return measureSignals({
    request,
    caller,
    at: Math.floor(at),
    draw: context.draw(),
    fingerprint: context.fingerprint,
    checksum: checksumOf,
    task,
    live,
  });
}

/** What the user said last: what classifiers look at. */
export function lastUserText({ messages }: NeutralRequest): string {
  return messages.findLast(({ role }) => role === 'user')?.text ?? '';
}
