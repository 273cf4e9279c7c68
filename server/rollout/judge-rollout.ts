import type { RunningRollout } from '../contract/rollout-shape.ts';
import type { Arm } from './arms.ts';
import { type ArmMeasure, worseThan } from './sequential-test.ts';

/** What is to be done with a rollout now. */
export type Verdict =
  | { readonly kind: 'hold' }
  | { readonly kind: 'next'; readonly step: number }
  | { readonly kind: 'promote' }
  | { readonly kind: 'roll_back'; readonly reason: string };

/** One guard, looked at: the p-value that the candidate is worse than its margin allows. */
export interface GuardReading {
  readonly guard: 'error_rate' | 'latency' | 'cost';
  readonly margin: number;
  readonly p: number;
}

/** All guards together blame a candidate that is no worse with this probability at most. */
export const alpha = 0.01;

/** Differences that are looked for: five failures in a hundred, a fifth of the time or the cost. */
const scales = { error_rate: 0.05, latency: Math.log(1.2), cost: Math.log(1.2) } as const;

/** Every guard that is set, as it stands. */
export function readGuards(
  { guards }: Pick<RunningRollout, 'guards'>,
  baseline: Arm,
  candidate: Arm,
): readonly GuardReading[] {
  const readings: GuardReading[] = [];
  const read = (guard: GuardReading['guard'], before: ArmMeasure, after: ArmMeasure) => {
    const margin = guards[guard];
    if (margin === null) return;
    const allowed = guard === 'error_rate' ? margin : Math.log(1 + margin);
    readings.push({ guard, margin, p: worseThan(before, after, { margin: allowed, scale: scales[guard] }) });
  };
  read('error_rate', baseline.errors, candidate.errors);
  read('latency', baseline.latency, candidate.latency);
  read('cost', baseline.cost, candidate.cost);
  return readings;
}

/** What follows from what was seen. Pure; `now`: ms since 1970. */
export function judgeRollout(rollout: RunningRollout, baseline: Arm, candidate: Arm, now: number): Verdict {
  if (rollout.paused || rollout.mode === 'shadow') return { kind: 'hold' };
  const readings = readGuards(rollout, baseline, candidate);
  const broken = readings.find(({ p }) => p < alpha / Math.max(1, readings.length));
  if (broken !== undefined)
    return { kind: 'roll_back', reason: reasonOf(broken, baseline, candidate, readings.length) };
  const step = rollout.steps[rollout.step];
  if (step === undefined) return { kind: 'hold' };
  const due = Date.parse(rollout.stepSince) + step.minutes * 60_000;
  // A step of everything has no baseline to compare with: what was needed was seen before.
  const enough = step.share >= 1 || candidate.figures().requests >= rollout.min_requests;
  if (now < due || !enough) return { kind: 'hold' };
  if (rollout.step + 1 < rollout.steps.length) return { kind: 'next', step: rollout.step + 1 };
  return step.share >= 1 ? { kind: 'promote' } : { kind: 'hold' };
}

function reasonOf({ guard, margin, p }: GuardReading, baseline: Arm, candidate: Arm, guards: number): string {
  const [before, after] = [baseline.figures(), candidate.figures()];
  const chance = `By chance this is seen in fewer than ${percent(alpha / guards)} of rollouts (sequential test, p = ${p.toPrecision(2)}).`;
  switch (guard) {
    case 'error_rate':
      return `${after.failed} of ${after.requests} requests failed under the candidate, against ${before.failed} of ${before.requests}; ${percent(margin)} more were allowed. ${chance}`;
    case 'latency':
      return `Requests typically took ${Math.round(after.latencyMs ?? 0)} ms under the candidate, against ${Math.round(before.latencyMs ?? 0)} ms; ${percent(margin)} more were allowed. ${chance}`;
    case 'cost':
      return `Requests typically cost ${dollars(after.costNanoUsd)} under the candidate, against ${dollars(before.costNanoUsd)}; ${percent(margin)} more were allowed. ${chance}`;
  }
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

function dollars(nano: number | null): string {
  return `$${((nano ?? 0) / 1e9).toPrecision(3)}`;
}
