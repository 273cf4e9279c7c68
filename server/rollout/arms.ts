import type { TrafficEvent } from '../contract/index.ts';
import { type ArmMeasure, RunningMean, shareMeasure } from './sequential-test.ts';

/** What was seen of one version since a rollout began. */
export interface ArmFigures {
  readonly requests: number;
  readonly failed: number;
  /** Typical (geometric mean) of served requests, ms; `null` where there are none. */
  readonly latencyMs: number | null;
  /** Likewise, whole nano-dollars. */
  readonly costNanoUsd: number | null;
}

/**
 * One side of a rollout. Durations and costs are taken as logarithms, so that one request of an hour does not hide a
 * thousand, and a margin is a share.
 */
export class Arm {
  #requests = 0;
  #failed = 0;
  readonly #latency = new RunningMean();
  readonly #cost = new RunningMean();

  /** A finished request; one that was refused or left by its client says nothing about its version. */
  add({ status, latencyMs, costNanoUsd }: Pick<TrafficEvent, 'status' | 'latencyMs' | 'costNanoUsd'>): void {
    if (status !== 'served' && status !== 'failed') return;
    this.#requests += 1;
    if (status === 'failed') {
      this.#failed += 1;
      return;
    }
    if (latencyMs !== null) this.#latency.add(Math.log(Math.max(0.1, latencyMs)));
    if (costNanoUsd !== null) this.#cost.add(Math.log(Math.max(1, costNanoUsd)));
  }

  get errors(): ArmMeasure {
    return shareMeasure(this.#failed, this.#requests);
  }

  get latency(): ArmMeasure {
    return this.#latency;
  }

  get cost(): ArmMeasure {
    return this.#cost;
  }

  figures(): ArmFigures {
    const typical = ({ count, mean }: ArmMeasure) => (count === 0 ? null : Math.exp(mean));
    return {
      requests: this.#requests,
      failed: this.#failed,
      latencyMs: typical(this.#latency),
      costNanoUsd: typical(this.#cost),
    };
  }
}
