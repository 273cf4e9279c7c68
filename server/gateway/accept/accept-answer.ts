import { redactText } from '#engine/privacy/index.ts';
import type { Context } from '../../context.ts';
import { leftWithin } from '../deadlines.ts';
import type { Asked } from '../execute.ts';
import type { MadeAttempt } from '../made-attempt.ts';
import type { Call, Tried } from '../tried.ts';
import { checkAnswer } from './check-answer.ts';
import { type Held, holdAnswer } from './hold-answer.ts';

/** An attempt after the checks of its cascade: a rejected answer is a failure, the judges' calls stand beside it. */
export interface Accepted {
  readonly tried: Tried;
  readonly judges: readonly MadeAttempt[];
  readonly notes: readonly string[];
}

const none: readonly never[] = Object.freeze([]);

/**
 * Holds an answer back until the checks of its cascade are made, and rejects one that fails them. The last way a cascade
 * has is never checked: something has to be answered. What the policy redacts, no judge reads either.
 */
export async function acceptAnswer(
  tried: Tried,
  call: Call,
  startedAt: readonly number[],
  asked: Asked,
  context: Context,
): Promise<Accepted> {
  const { accept, moves, changes } = call;
  const isAnswer = tried.kind === 'answered' || tried.kind === 'opened';
  if (accept === null || moves.rejected === undefined || !isAnswer)
    return { tried, judges: none, notes: none };
  const held = await holdAnswer(tried, asked.taken);
  if (held.kind === 'broken') return { tried: held.tried, judges: none, notes: none };
  const { request, wire } = asked.taken;
  const task = request.messages.findLast(({ role }) => role === 'user')?.text ?? '';
  const said =
    changes.redact.length === 0
      ? held.said
      : { ...held.said, text: redactText(held.said.text, changes.redact) };
  const answered = {
    said,
    wire,
    task: redactText(task, changes.redact),
    leftMs: leftWithin(call, startedAt),
  };
  const { accepted, reason, attempts, notes } = await checkAnswer(accept, answered, asked, context);
  return { tried: accepted ? held.tried : rejected(held, reason), judges: attempts, notes };
}

/** A rejected answer is paid for all the same. */
function rejected({ tried }: Extract<Held, { kind: 'held' }>, reason: string): Tried {
  if (tried.kind === 'opened') tried.watch.end();
  const made =
    tried.kind === 'opened' ? tried.finish('rejected') : ({ ...tried.made, outcome: 'rejected' } as const);
  return {
    kind: 'failed',
    made,
    error: 'rejected',
    message: `Its answer was not accepted. ${reason}`,
    answer: null,
  };
}
