import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { UserClassifier } from '#engine/nodes/index.ts';
import { type CallAnswer, callApi } from '../../client/call-api.ts';
import { isCalled } from './blank-classifier.ts';
import { type BenchMessage, parseMessages } from './parse-messages.ts';

/** What the bench tries: one of the policy's own, or the built-in classifier. */
export type Tried = UserClassifier | { readonly kind: 'task' };

export interface Run {
  readonly messages: readonly BenchMessage[];
  readonly answer: CallAnswer<'tryClassifier'>;
  /** Classifier or messages have changed since. */
  readonly isOld: boolean;
}

/** A classifier that must be called is tried on so many messages at once. */
export const mostCalled = 50;

/** Messages, and what the classifier says of them: at once where that is free, on demand where it takes calls. */
export function useBench(tried: Tried) {
  const [text, setText] = useState('');
  const [settledText] = useDebouncedValue(text, 350);
  const [settled] = useDebouncedValue(tried, 350);
  const called = settled.kind !== 'task' && isCalled(settled);
  const parsed = useMemo(() => parseMessages(settledText), [settledText]);
  const [asked, setAsked] = useState<{
    readonly tried: Tried;
    readonly messages: readonly BenchMessage[];
  } | null>(null);
  const messages = called ? (asked?.messages ?? []) : parsed.messages;
  const subject = called ? (asked?.tried ?? settled) : settled;
  const isReady = called ? asked !== null : hasLabels(settled);
  const query = useQuery({
    queryKey: ['bench', subject, messages.map((one) => one.text), called ? asked : null],
    enabled: isReady,
    queryFn: async ({ signal }) => {
      const texts = messages.map((one) => one.text);
      const answer = await callApi('tryClassifier', { body: { classifier: bodyOf(subject), texts } }, signal);
      return { answer, texts };
    },
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const isMine = query.data !== undefined && sameTexts(query.data.texts, messages);
  const run: Run | null =
    query.data === undefined || !isReady || !isMine
      ? null
      : {
          messages,
          answer: query.data.answer,
          isOld: called && (asked?.tried !== tried || asked.messages !== parsed.messages),
        };
  return {
    text,
    setText,
    parsed,
    called,
    run,
    isRunning: query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
    ask: () => setAsked({ tried, messages: parsed.messages }),
  };
}

function bodyOf(tried: Tried) {
  return tried.kind === 'task' ? { kind: tried.kind } : tried;
}

/** A classifier without labels has nothing to say. */
function hasLabels(tried: Tried): boolean {
  if (tried.kind === 'task') return true;
  if (tried.kind === 'rules') return tried.rules.length > 0;
  return tried.kind === 'examples' && Object.values(tried.labels).some((lines) => lines.length > 0);
}

function sameTexts(texts: readonly string[], messages: readonly BenchMessage[]): boolean {
  return texts.length === messages.length && messages.every((one, index) => one.text === texts[index]);
}
