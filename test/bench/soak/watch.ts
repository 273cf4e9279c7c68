import type { Pool } from 'pg';

/** One look at one gateway. */
export interface Sample {
  /** Seconds since the start. */
  readonly at: number;
  readonly heapMb: number;
  readonly rssMb: number;
  readonly openFiles: number;
  readonly inFlight: number;
}

/** What a process says of itself. */
export async function sampleOf(url: string, at: number): Promise<Sample> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const read = (name: string) =>
    Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  return {
    at,
    heapMb: read('nodejs_heap_size_used_bytes') / 1e6,
    rssMb: read('process_resident_memory_bytes') / 1e6,
    openFiles: read('process_open_fds'),
    inFlight: read('waybill_requests_in_flight'),
  };
}

/**
 * Growth of a measure in its unit an hour: least squares over the smallest value of each window, since a heap is a saw. The
 * first third is warming up and left out.
 */
export function growthAnHour(samples: readonly Sample[], read: (sample: Sample) => number): number {
  const steady = samples.slice(Math.floor(samples.length / 3));
  const width = Math.max(1, Math.floor(steady.length / 10));
  const points: { x: number; y: number }[] = [];
  for (let first = 0; first + width <= steady.length; first += width) {
    const window = steady.slice(first, first + width);
    points.push({ x: (window[0]?.at ?? 0) / 3_600, y: Math.min(...window.map(read)) });
  }
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [x, y] = [mean(points.map((one) => one.x)), mean(points.map((one) => one.y))];
  const above = points.reduce((sum, one) => sum + (one.x - x) * (one.y - y), 0);
  const below = points.reduce((sum, one) => sum + (one.x - x) ** 2, 0);
  return below === 0 ? 0 : above / below;
}

/** Connections that the fleet holds to PostgreSQL. */
export async function connectionsOf(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name LIKE 'waybill%'`,
  );
  return rows[0]?.count ?? 0;
}
