import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './api-failure.ts';

/** Answers stay fresh for a few seconds; only a missing server is asked again by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => error instanceof ApiFailure && error.kind === 'offline' && failures < 2,
    },
    mutations: { retry: false },
  },
});
