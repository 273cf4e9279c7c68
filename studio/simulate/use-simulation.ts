import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { semanticHash } from '#engine/policy/index.ts';
import type { Incident } from '#engine/simulate/clock/incident.ts';
import type { PolicyReference } from '#server/contract/index.ts';
import { callApi } from '../client/call-api.ts';
import { queryKeys } from '../client/queries.ts';

export interface WhatIf {
  readonly candidate: PolicyReference;
  /** `null`: the decisions that the log holds. */
  readonly baseline: PolicyReference | null;
  /** Start of the window, ms since 1970. */
  readonly from: number;
  /** Its end; now, unless given. */
  readonly to?: number;
  /** What goes wrong meanwhile. */
  readonly incidents?: readonly Incident[];
}

/** A policy by what it means, so that moving a node asks nothing anew. */
function meaningOf(reference: PolicyReference): unknown {
  return 'policy' in reference ? semanticHash(reference.policy) : reference;
}

/** A what-if as the server is asked. */
export function bodyOf({ candidate, baseline, from, to, incidents = [] }: WhatIf) {
  return {
    candidate,
    from,
    ...(to === undefined ? {} : { to }),
    ...(baseline === null ? {} : { baseline }),
    ...(incidents.length === 0 ? {} : { incidents: [...incidents] }),
  };
}

/** A what-if over the log. The answer before stays until the next is there. `null` asks nothing. */
export function useSimulation(question: WhatIf | null, draftHash = '') {
  return useQuery({
    queryKey: [
      ...queryKeys.simulation,
      question === null
        ? null
        : [
            meaningOf(question.candidate),
            question.baseline === null ? null : meaningOf(question.baseline),
            question.from,
            question.to ?? null,
            question.incidents ?? [],
            draftHash,
          ],
    ],
    queryFn: ({ signal }) => {
      if (question === null) throw new Error('A what-if needs a candidate.');
      return callApi('simulatePolicy', { body: bodyOf(question) }, signal);
    },
    enabled: question !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
