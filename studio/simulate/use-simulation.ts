import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { semanticHash } from '#engine/policy/index.ts';
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
}

/** A policy by what it means, so that moving a node asks nothing anew. */
function meaningOf(reference: PolicyReference): unknown {
  return 'policy' in reference ? semanticHash(reference.policy) : reference;
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
            draftHash,
          ],
    ],
    queryFn: ({ signal }) => {
      if (question === null) throw new Error('A what-if needs a candidate.');
      const { candidate, baseline, from, to } = question;
      return callApi(
        'simulatePolicy',
        {
          body: {
            candidate,
            from,
            ...(to === undefined ? {} : { to }),
            ...(baseline === null ? {} : { baseline }),
          },
        },
        signal,
      );
    },
    enabled: question !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}
