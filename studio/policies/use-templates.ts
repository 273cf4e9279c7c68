import { useQuery } from '@tanstack/react-query';
import { emptyPolicy, type Policy } from '#engine/policy/index.ts';
import { callApi } from '../client/call-api.ts';
import { templates as drawings } from './templates.ts';

/** Something to start a policy from. */
export interface Start {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly policy: Policy;
}

/** Three small drawings, then the policies that ship with Waybill. `undefined` until those are here. */
export function useStarts() {
  const shipped = useQuery({
    queryKey: ['templates'],
    queryFn: ({ signal }) => callApi('listTemplates', {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const starts: readonly Start[] = [
    ...drawings.map(({ id, title, summary, draft }) => ({
      id,
      title,
      summary,
      policy: { ...emptyPolicy('new', title), ...draft },
    })),
    ...(shipped.data?.templates ?? []).map(({ id, name, description, policy }) => ({
      id: `shipped-${id}`,
      title: name,
      summary: description,
      policy,
    })),
  ];
  return { starts, isPending: shipped.isPending, error: shipped.error };
}
