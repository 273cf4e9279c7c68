import type { MetricSources } from './gauges.ts';
import { type Metrics, makeMetrics } from './metrics.ts';
import { makeTraces, type Traces } from './traces.ts';

/** What an operator sees of this process from outside. */
export interface Telemetry extends Metrics {
  /** Sends what is waiting. */
  close(): Promise<void>;
}

/** Metrics always; traces where an OTLP endpoint is given, else nothing is sent anywhere. */
export function makeTelemetry(sources: MetricSources, otlpEndpoint: string | null): Telemetry {
  const metrics = makeMetrics(sources);
  const traces: Traces | null =
    otlpEndpoint === null ? null : makeTraces({ version: sources.version, endpoint: otlpEndpoint });
  return {
    begin: metrics.begin,
    text: metrics.text,
    observe: (observed) => {
      metrics.observe(observed);
      traces?.observe(observed);
    },
    close: async () => {
      await traces?.close();
    },
  };
}
