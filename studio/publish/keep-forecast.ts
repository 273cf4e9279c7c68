import type { Policy } from '#engine/policy/index.ts';
import { callApi } from '../client/call-api.ts';

/**
 * Keeps the what-if that a version is judged by, so that it can be compared with what comes of it; `null` where there
 * is none to keep: no traffic, or too much of it at once. Where limits are held against it, its failure is the caller's.
 */
export async function keepForecast(
  policy: Policy,
  version: number | null,
  from: number,
  isNeeded: boolean,
): Promise<string | null> {
  try {
    const kept = await callApi('keepSimulation', {
      body: {
        name: `Forecast of version ${(version ?? 0) + 1}`,
        candidate: { policy },
        from,
        ...(version === null ? {} : { baseline: { id: policy.id, version } }),
      },
    });
    return kept.id;
  } catch (error) {
    if (isNeeded) throw error;
    return null;
  }
}
