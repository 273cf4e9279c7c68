import { useEffect } from 'react';
import { useLocation, useSearch } from 'wouter';
import { parsePath } from '#engine/plan/path-text.ts';
import { callApi } from '../client/call-api.ts';
import { tellDone, tellFailure } from '../client/toasts.ts';
import { useDocumentActions } from '../document/index.ts';
import { useEditorStore } from './editor-state.ts';

/** What a link into the editor asks for: a path to light up, a version to restore, the JSON view. Read once, then gone from the address. */
export function useOpeningPlace(): void {
  const search = useSearch();
  const [location, navigate] = useLocation();
  const editor = useEditorStore();
  const document = useDocumentActions();
  useEffect(() => {
    const asked = new URLSearchParams(search);
    const path = asked.get('path');
    const version = asked.get('restore');
    if (path !== null) editor.setState({ highlight: { path: parsePath(path), source: 'record' } });
    if (asked.get('view') === 'json') editor.setState({ view: 'json' });
    if (asked.has('live')) editor.setState({ showsLive: true });
    if (asked.has('record') || window.location.hash.startsWith('#test=')) editor.setState({ panel: 'test' });
    if (version === null && path === null) return;
    navigate(location, { replace: true });
    if (version === null) return;
    callApi('readVersion', {
      params: { id: document.store.getState().policy.id, version: Number(version) },
    }).then(
      ({ policy }) => {
        document.replaceAll(policy, `Restore version ${version}`);
        tellDone(
          `Version ${version} is the draft again`,
          'Publish it to serve it. Undo brings the old draft back.',
        );
      },
      (error: unknown) => tellFailure(`Version ${version} was not restored`, error),
    );
  }, [search, location, navigate, editor, document]);
}
