import type { Policy } from '#engine/policy/index.ts';
import { callApi } from '../client/call-api.ts';

/** Nobody's publishing waits longer than this for a forecast that nothing is held against, ms. */
const patienceMs = 10_000;

/**
 * Keeps the what-if that a version is judged by, so that it can be compared with what comes of it; `null` where there
 * is none to keep: no traffic, too much of it at once, or not in time. Where limits are held against it, its failure is
 * the caller's, and it has all the time it needs.
 */
export async function keepForecast(
  policy: Policy,
  version: number | null,
  from: number,
  isNeeded: boolean,
): Promise<string | null> {
  try {
    const input = {
      body: {
        name: `Forecast of version ${(version ?? 0) + 1}`,
        candidate: { policy },
        from,
        ...(version === null ? {} : { baseline: { id: policy.id, version } }),
      },
    };
    const kept = await callApi(
      'keepSimulation',
      input,
      isNeeded ? undefined : AbortSignal.timeout(patienceMs),
    );
    return kept.id;
  } catch (error) {
    if (isNeeded) throw error;
    return null;
  }
}
