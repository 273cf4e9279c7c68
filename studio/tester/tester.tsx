import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';
import { tellFailure } from '../client/toasts.ts';
import { RequestPane } from './request-pane.tsx';
import { sampleInHash } from './samples.ts';
import { SendPane } from './send-pane.tsx';
import styles from './tester.module.css';
import { testerStoreOf } from './tester-state.ts';
import { TrialPane } from './trial-pane.tsx';
import { useTrial } from './use-trial.ts';

/** One request through the drawing: what is asked, which way it goes and why, and the same for real. */
export function Tester({ policyId }: { readonly policyId: string }) {
  const store = testerStoreOf(policyId);
  const { trial, run, error, isPending, isStale, isOther } = useTrial(store);
  useAskedRecord(store, run);
  useAskedSample(store, run);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter works in every field of the panel
    <div
      className={styles.tester}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        run();
      }}
    >
      <RequestPane store={store} policyId={policyId} onRun={run} isRunning={isPending} />
      <TrialPane trial={trial} error={error} isStale={isStale} isOther={isOther} />
      <SendPane store={store} policyId={policyId} />
    </div>
  );
}

/** A link may bring a logged request along: it is taken up and run once. */
function useAskedRecord(store: ReturnType<typeof testerStoreOf>, run: () => void): void {
  const search = useSearch();
  const [location, navigate] = useLocation();
  useEffect(() => {
    const recordId = new URLSearchParams(search).get('record');
    if (recordId === null) return;
    store.setState({ mode: 'logged', recordId, trial: null });
    navigate(location, { replace: true });
    run();
  }, [search, location, navigate, store, run]);
}

/** A colleague's link may bring a test request along: it is taken up and run once. */
function useAskedSample(store: ReturnType<typeof testerStoreOf>, run: () => void): void {
  const [location, navigate] = useLocation();
  useEffect(() => {
    const sample = sampleInHash(window.location.hash);
    if (sample === undefined) return;
    navigate(location, { replace: true });
    if (sample === null) {
      tellFailure('The link was not read', new Error('It is cut short, or of another version of Waybill.'));
      return;
    }
    const { name: _, ...asked } = sample;
    store.setState({ ...asked, recordId: null, trial: null });
    run();
  }, [location, navigate, store, run]);
}
