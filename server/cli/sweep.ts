import { compilePolicy } from '#engine/plan/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { findPlace, mostSteps, type SweepResult, sweepPolicy, type WhatIf } from '#engine/simulate/index.ts';
import { shippedModels } from './policy-file.ts';
import { showProgress } from './progress.ts';
import { showShare, showTable, showUsd } from './show.ts';
import type { Io } from './verb.ts';

/** `place=from:to:steps`. */
export interface Grid {
  readonly place: string;
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

export function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

/** The grid, or a sentence that says what is wrong with it. */
export function readGrid(text: string): Grid | string {
  const [, place, from = '', to = '', steps = ''] = /^([^=]+)=([^:]+):([^:]+):([^:]+)$/.exec(text) ?? [];
  if (place === undefined || !isNumber(from) || !isNumber(to) || !/^\d+$/.test(steps))
    return `--sweep is written place=from:to:steps, such as task.confidence=0:1:11, not "${text}".`;
  const count = Number(steps);
  if (count < 1 || count > mostSteps) return `--sweep takes 1 to ${mostSteps} steps, not ${steps}.`;
  return { place, from: Number(from), to: Number(to), steps: count };
}

/** Simulates every setting and prints them. Answers the exit code. */
export function runSweep(
  io: Io,
  {
    policy,
    grid,
    world,
    json,
  }: {
    readonly policy: Policy;
    readonly grid: Grid & { readonly minQuality: number | null };
    readonly world: Omit<WhatIf, 'candidate' | 'parts'>;
    readonly json: boolean;
  },
): number {
  const found = findPlace(policy, grid.place);
  if (found.kind === 'none') {
    io.stderr.write(`--sweep: ${found.message}\n`);
    return 1;
  }
  const progress = showProgress(io, 'Simulating');
  const result = sweepPolicy(
    {
      ...grid,
      place: found.place,
      planOf: (changed) => {
        const compiled = compilePolicy(changed, { models: shippedModels });
        return compiled.kind === 'ok' ? compiled.plan : undefined;
      },
      onProgress: progress.update,
    },
    world,
  );
  progress.clear();
  io.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : tell(result));
  return 0;
}

function tell({ place, present, points, cheapest, assumptions }: SweepResult): string {
  const rows = points.map((point) => [
    `${point.value}${point.value === present ? ' (now)' : ''}`,
    showUsd(point.cost_nano_usd.after),
    point.latency_ms === null ? 'unknown' : `${Math.round(point.latency_ms)} ms`,
    point.quality === null ? 'unknown' : point.quality.toFixed(1),
    showShare(point.moved),
  ]);
  const answer =
    cheapest === null
      ? []
      : [
          '',
          cheapest.value === null
            ? `No setting keeps a quality of ${cheapest.min_quality}.`
            : `The cheapest that keeps a quality of ${cheapest.min_quality}: ${place} = ${cheapest.value}.`,
        ];
  const lines = [
    showTable([place, '>cost', '>latency', '>quality', '>moved'], rows),
    ...answer,
    ...assumptions.map((assumption) => `- ${assumption}`),
  ];
  return `${lines.join('\n')}\n`;
}
