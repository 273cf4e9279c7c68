import { hexDigits, lengthAt, pick, type Random } from './chance.ts';
import { turnGapsMs } from './profile.ts';
import { type DrawTime, makeRhythm } from './rhythm.ts';
import { type Workload, workloads } from './workloads.ts';

/** One request of a conversation, before anybody decided about it. */
export interface Turn {
  readonly at: number;
  readonly workload: Workload;
  readonly session: string;
  /** Stands for system prompt and tools, which all conversations of a workload share. */
  readonly prefix: string;
  readonly user: string;
  /** 1 in a new conversation. */
  readonly turn: number;
  /** System prompt, tools and what was said before. */
  readonly prefixTokens: number;
  readonly inputTokens: number;
  /** Tokens of system prompt and tools. */
  readonly sharedTokens: number;
  readonly systemTokens: number;
  readonly hasImage: boolean;
  readonly model: string;
  readonly effort: string;
}

/** A tool's name, description and parameters as JSON. */
const tokensPerTool = 45;

export interface Span {
  readonly from: number;
  readonly until: number;
}

/** Requests of the whole company in order of time. */
export function drawTurns(span: Span, count: number, random: Random): readonly Turn[] {
  const turns: Turn[] = [];
  for (const [index, workload] of workloads.entries()) {
    const isLast = index === workloads.length - 1;
    const wanted = isLast ? count - turns.length : Math.round(count * workload.share);
    for (const turn of drawWorkload(workload, span, wanted, random)) turns.push(turn);
  }
  return turns.sort((left, right) => left.at - right.at);
}

function drawWorkload(workload: Workload, span: Span, count: number, random: Random): readonly Turn[] {
  const { hours, weekend } = workload;
  const drawTime = makeRhythm(span.from, span.until, hours, weekend, random());
  const prefix = hexDigits(random);
  const turns: Turn[] = [];
  while (turns.length < count) {
    for (const turn of drawSession(workload, drawTime, prefix, random)) {
      // What would come after the sample's end has not happened yet.
      if (turn.at < span.until && turns.length < count) turns.push(turn);
    }
  }
  return turns;
}

/**
 * A conversation: its prompts are drawn from the measured lengths and put in order, so that it grows and yet all
 * prompts together are as long as measured.
 */
function drawSession(
  workload: Workload,
  drawTime: DrawTime,
  prefix: string,
  random: Random,
): readonly Turn[] {
  const prompts = [lengthAt(workload.prompts, random())];
  while (prompts.length < workload.mostTurns && random() < workload.goesOn) {
    prompts.push(lengthAt(workload.prompts, random()));
  }
  prompts.sort((left, right) => left - right);
  const user = workload.users === 0 ? '' : `user-${Math.floor(workload.users * random() ** 2) + 1}`;
  const session = hexDigits(random);
  const hasImage = random() < workload.images;
  const model = pick(workload.models, random);
  const effort = pick(workload.effort, random);
  const shared = workload.systemTokens + workload.tools * tokensPerTool;
  let at = drawTime();
  return prompts.map((inputTokens, index) => {
    if (index > 0) at += Math.round(lengthAt(turnGapsMs, random()) * workload.pace);
    const sharedTokens = Math.min(shared, Math.floor(inputTokens * 0.8));
    const before = (prompts[index - 1] ?? 0) + Math.round(120 * random());
    return {
      at,
      workload,
      session,
      prefix,
      user,
      turn: index + 1,
      inputTokens,
      prefixTokens: index === 0 ? sharedTokens : Math.max(sharedTokens, Math.min(inputTokens - 1, before)),
      sharedTokens,
      systemTokens: Math.min(workload.systemTokens, sharedTokens),
      hasImage,
      model,
      effort,
    };
  });
}
