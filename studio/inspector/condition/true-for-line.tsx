import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { callApi } from '../../client/call-api.ts';
import { useDocument } from '../../document/index.ts';
import { formatCount, formatShare } from '../../look/format.ts';
import styles from './condition.module.css';
import { countTrue, signalsIn } from './true-for.ts';

/** As many as the log gives at once. */
const newest = 500;
const pauseMs = 250;

/**
 * For how many of the newest logged requests of this policy the condition is true, reckoned here with the gateway's
 * evaluator as it is typed; only another signal asks the log again. Nothing where the log cannot be read or is empty.
 */
export function TrueForLine({ text }: { readonly text: string }) {
  const policy = useDocument((state) => state.policy.id);
  const [names] = useDebouncedValue(signalsIn(text).join(','), pauseMs);
  const { data } = useQuery({
    queryKey: ['true-for', policy, names],
    queryFn: ({ signal }) =>
      callApi('listRecords', { query: { limit: newest, policy, columns: names } }, signal),
    enabled: names !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  const count = useMemo(
    () =>
      data === undefined || signalsIn(text).join(',') !== names ? undefined : countTrue(text, data.records),
    [data, names, text],
  );
  if (count === undefined || count.of === 0) return null;
  const { yes, unknown, of } = count;
  return (
    <span className={styles.note} data-true-for="">
      True for {formatCount(yes)} of the last {formatCount(of)} logged requests ({formatShare(yes / of)})
      {unknown > 0 && `, not known for ${formatCount(unknown)}`}.
    </span>
  );
}
