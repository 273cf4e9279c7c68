import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { signalRegistry } from '#engine/signals/index.ts';
import { type CallInput, callApi } from '../client/call-api.ts';
import { useDocument, useDocumentActions } from '../document/index.ts';
import { useEditorStore } from '../editor/editor-state.ts';
import { signalsOfMocks } from './mocks.ts';
import { bodyOf, readBodyText } from './request-draft.ts';
import { questionKey, type TesterState, type TesterStore } from './tester-state.ts';

type Question = Omit<CallInput<'tryRequest'>['body'], 'policy'>;

/** Runs the request through the drawing as it is now, lights up the way it takes, and again after each edit. */
export function useTrial(store: TesterStore) {
  const document = useDocumentActions();
  const editor = useEditorStore();
  const hash = useDocument((state) => state.hash);
  const trial = useStore(store, (state) => state.trial);
  const trialHash = useStore(store, (state) => state.trialHash);
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      const { policy } = document.store.getState();
      const question = await questionOf(store.getState());
      return callApi('tryRequest', { body: { policy: { policy }, ...question } });
    },
    onMutate: () => ({ asked: document.store.getState().hash, key: questionKey(store.getState()) }),
    onSuccess: (answer, _input, { asked, key }) => {
      store.setState({ trial: answer, trialHash: asked, trialKey: key });
      editor.setState({ highlight: { path: answer.path, source: 'test' } });
    },
  });
  const run = useCallback(() => mutate(), [mutate]);
  const isStale = trial !== null && trialHash !== hash;
  const isOther = useStore(store, (state) => state.trial !== null && state.trialKey !== questionKey(state));
  useRerun(isStale && !isPending && error === null, hash, run);
  return { trial, run, error, isPending, isStale, isOther };
}

/** Once for each drawing: an answer that stays stale is not asked for again and again. */
function useRerun(isWanted: boolean, hash: string, run: () => void): void {
  const asked = useRef('');
  useEffect(() => {
    if (!isWanted || asked.current === hash) return;
    const timer = window.setTimeout(() => {
      asked.current = hash;
      run();
    }, 250);
    return () => window.clearTimeout(timer);
  }, [isWanted, hash, run]);
}

async function questionOf(state: TesterState): Promise<Question> {
  const mocked = signalsOfMocks(state.mocks);
  if (state.mode === 'logged') return { signals: { ...(await signalsOf(state.recordId)), ...mocked } };
  const signals = Object.keys(mocked).length === 0 ? {} : { signals: mocked };
  return { request: { dialect: state.dialect, body: bodyToAsk(state) }, ...signals };
}

function bodyToAsk(state: TesterState): Readonly<Record<string, unknown>> {
  if (state.mode === 'form') return bodyOf(state.form, state.dialect);
  const read = readBodyText(state.bodyText);
  if (read.kind === 'bad') throw new Error(read.message);
  return read.body;
}

/** The signals a logged request was decided on. Those the log does not know stay unknown. */
async function signalsOf(recordId: string | null): Promise<Record<string, unknown>> {
  if (recordId === null) throw new Error('Choose a logged request first.');
  const { record } = await callApi('readRecord', { params: { id: recordId } });
  return Object.fromEntries(
    signalRegistry
      .map(({ name }) => [name, record[name]] as const)
      .filter(([, value]) => value !== null && value !== undefined),
  );
}
