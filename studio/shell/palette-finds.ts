import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { callApi } from '../client/call-api.ts';
import type { RecordRow } from '../client/record-row.ts';

/** Things of the organisation that the palette finds by name. Empty where the caller may not read them, or none is found. */
export interface PaletteFinds {
  /** What the server searched for: what it found stands, whatever it was found by. Empty while that is not here yet. */
  readonly foundBy: string;
  readonly records: readonly RecordRow[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly keys: readonly { readonly id: string; readonly team: string }[];
}

const none: PaletteFinds = { foundBy: '', records: [], teams: [], keys: [] };
const staleTime = 15_000;
const pauseMs = 200;

/** Asked only while the palette is open: recent requests, or those that hold what is typed; teams; keys. */
export function usePaletteFinds(isOpen: boolean, typed: string): PaletteFinds {
  const [search] = useDebouncedValue(typed.trim(), pauseMs);
  const narrowed: { readonly search?: string } = search.length < 3 ? {} : { search };
  const records = useQuery({
    queryKey: ['palette', 'records', narrowed],
    queryFn: ({ signal }) =>
      callApi('listRecords', { query: { limit: 8, columns: recordColumns.join(','), ...narrowed } }, signal),
    enabled: isOpen,
    placeholderData: keepPreviousData,
    staleTime,
    retry: false,
  });
  const teams = useQuery({
    queryKey: ['palette', 'teams'],
    queryFn: ({ signal }) => callApi('listTeams', {}, signal),
    enabled: isOpen,
    placeholderData: keepPreviousData,
    staleTime,
    retry: false,
  });
  const keys = useQuery({
    queryKey: ['palette', 'keys', narrowed],
    queryFn: ({ signal }) => callApi('listKeys', { query: { limit: 50, ...narrowed } }, signal),
    enabled: isOpen,
    placeholderData: keepPreviousData,
    staleTime,
    retry: false,
  });
  const isOld = records.isPlaceholderData || keys.isPlaceholderData;
  return {
    foundBy: isOld ? '' : (narrowed.search ?? ''),
    records: records.data?.records ?? none.records,
    teams: teams.data?.teams ?? none.teams,
    keys: keys.data?.keys ?? none.keys,
  };
}

const recordColumns = ['id', 'decision.policy', 'outcome.status', 'outcome.target', 'caller.team'] as const;
