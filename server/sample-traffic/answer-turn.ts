import type { Catalogue } from '#engine/catalogue/index.ts';
import type { TaskLabel } from '#engine/classify/index.ts';
import type { ErrorClass } from '#engine/nodes/index.ts';
import type { Attempt } from '#engine/plan/index.ts';
import { defaultDeadlines } from '../gateway/deadlines.ts';
import {
  type Behaviour,
  behaviourOf,
  type SimulatedAnswer,
  simulateAnswer,
} from '../providers/sandbox/behaviour.ts';
import { lengthAt, type Random } from './chance.ts';
import type { Turn } from './sessions.ts';

export type Call = Extract<Attempt, { kind: 'call' }>;

/** How one target answers one request. */
export type TurnAnswer =
  | {
      readonly kind: 'answer';
      readonly outputTokens: number;
      readonly reasoningTokens: number;
      readonly firstTokenMs: number;
      readonly totalMs: number;
    }
  | { readonly kind: 'error'; readonly error: ErrorClass; readonly afterMs: number };

/** What is asked of a target: the request as it was measured, and the time that the fallbacks around it leave, ms. */
export interface Asked {
  readonly turn: Turn;
  readonly task: TaskLabel;
  readonly isStream: boolean;
  readonly leftMs: number;
}

type Lengths = Pick<SimulatedAnswer, 'outputTokens' | 'reasoningTokens' | 'firstTokenMs' | 'totalMs'>;

/** Lets the sandbox's model of a target answer, within the context it has and the deadlines that the gateway keeps. */
export function answerTurn(asked: Asked, attempt: Call, catalogue: Catalogue, random: Random): TurnAnswer {
  const { turn, task, isStream, leftMs } = asked;
  const behaviour = knownBehaviour(attempt.target, catalogue);
  const limit = limitOf(turn, attempt);
  const simulated = simulateAnswer(behaviour, {
    inputTokens: turn.inputTokens,
    task,
    maxOutputTokens: limit,
    random,
  });
  const share = random();
  if (turn.inputTokens > (catalogue.find(attempt.target)?.context ?? Number.POSITIVE_INFINITY)) {
    return { kind: 'error', error: 'context_length', afterMs: behaviour.firstTokenMs * 0.3 };
  }
  if (simulated.error !== null) return { kind: 'error', error: simulated.error, afterMs: simulated.totalMs };
  const { answers } = turn.workload;
  const answer =
    answers === null ? simulated : resize(simulated, turn, lengthAt(answers, share), limit, behaviour);
  const late = lateAfter(answer, attempt, isStream, leftMs);
  return late === null ? { kind: 'answer', ...answer } : { kind: 'error', error: 'timeout', afterMs: late };
}

/** The smaller of what client and policy allow. */
function limitOf({ workload }: Turn, { changes: { parameters } }: Call): number | null {
  const limits = [workload.maxOutputTokens, parameters.max_output_tokens ?? 0].filter((limit) => limit > 0);
  return limits.length === 0 ? null : Math.min(...limits);
}

/** The simulated answer at a measured length: its thought in proportion (none where the client wants none), its time too. */
function resize(
  simulated: SimulatedAnswer,
  { effort }: Turn,
  length: number,
  limit: number | null,
  { verbosity, tokensPerSecond }: Behaviour,
): Lengths {
  const most = limit ?? Number.POSITIVE_INFINITY;
  const wanted = Math.max(1, Math.round(length * verbosity));
  const thought = effort === 'none' ? 0 : simulated.reasoningTokens / Math.max(1, simulated.outputTokens);
  const reasoningTokens = Math.min(Math.round(wanted * Math.min(4, thought)), most - 1);
  const outputTokens = Math.min(wanted, most - reasoningTokens);
  const msPerToken = 1_000 / tokensPerSecond;
  const firstTokenMs = simulated.firstTokenMs + (reasoningTokens - simulated.reasoningTokens) * msPerToken;
  return { outputTokens, reasoningTokens, firstTokenMs, totalMs: firstTokenMs + outputTokens * msPerToken };
}

/** The deadline that an answer misses, ms from the attempt's start; `null` when it is in time. */
function lateAfter(answer: Lengths, { deadlines }: Call, isStream: boolean, leftMs: number): number | null {
  const firstMs =
    deadlines.firstTokenMs ?? (isStream ? defaultDeadlines.firstTokenMs : Number.POSITIVE_INFINITY);
  const totalMs = Math.min(deadlines.totalMs ?? defaultDeadlines.totalMs, leftMs);
  const until = isStream ? Math.min(firstMs, totalMs) : totalMs;
  // A stream that has begun in time is let run: its client has it already.
  const takes = isStream ? answer.firstTokenMs : answer.totalMs;
  return takes > until ? until : null;
}

const behaviours = new WeakMap<Catalogue, Map<string, Behaviour>>();

function knownBehaviour(target: string, catalogue: Catalogue): Behaviour {
  const known = behaviours.get(catalogue) ?? new Map<string, Behaviour>();
  const found = known.get(target) ?? behaviourOf(target, catalogue);
  behaviours.set(catalogue, known.set(target, found));
  return found;
}
