import { useQuery } from '@tanstack/react-query';
import { callApi } from '../client/call-api.ts';

export const privacyKey = ['privacy'] as const;

/** What is kept where, and whose texts. */
export function usePrivacy() {
  return useQuery({ queryKey: privacyKey, queryFn: ({ signal }) => callApi('readPrivacy', {}, signal) });
}

/** What is held about a key. */
export function useKeyReport(id: string | null) {
  return useQuery({
    queryKey: [...privacyKey, 'key', id],
    queryFn: ({ signal }) => callApi('reportKey', { params: { id: id ?? '' } }, signal),
    enabled: id !== null,
    retry: false,
  });
}
