import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import type { CallName } from '#server/contract/index.ts';
import { type CallAnswer, type CallInput, callApi } from './call-api.ts';
import { tellFailure } from './toasts.ts';

interface Options<N extends CallName> {
  /** What is no longer true afterwards. */
  readonly stale: readonly QueryKey[];
  /** Heading of the toast when it fails; without one the caller shows the error itself. */
  readonly failure?: string;
  readonly onDone?: (answer: CallAnswer<N>) => void;
}

/** A call that changes something on the server. */
export function useChange<N extends CallName>(name: N, { stale, failure, onDone }: Options<N>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: CallInput<N>) => callApi(name, input),
    onSuccess: async (answer) => {
      await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
      onDone?.(answer);
    },
    onError: (error) => {
      if (failure !== undefined) tellFailure(failure, error);
    },
  });
}
