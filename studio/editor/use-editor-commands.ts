import { useEffect, useMemo } from 'react';
import { useDocumentActions } from '../document/index.ts';
import { type Command, useCommands } from '../shell/command-registry.ts';
import { useEditorStore } from './editor-state.ts';

/** What the editor offers in the command palette, and Ctrl+S. */
export function useEditorCommands(flush: () => Promise<void>): void {
  const editor = useEditorStore();
  const document = useDocumentActions();
  const commands = useMemo(
    (): readonly Command[] => [
      { id: 'undo', label: 'Undo', detail: 'Ctrl Z', group: 'This policy', run: document.undo },
      { id: 'redo', label: 'Redo', detail: 'Ctrl Shift Z', group: 'This policy', run: document.redo },
      {
        id: 'save',
        label: 'Save now',
        detail: 'Ctrl S',
        group: 'This policy',
        run: () => void flush(),
      },
      {
        id: 'history',
        label: 'Show the history',
        group: 'This policy',
        run: () => editor.setState({ panel: 'history' }),
      },
      {
        id: 'test',
        label: 'Test a request',
        group: 'This policy',
        run: () => editor.setState({ panel: 'test' }),
      },
      {
        id: 'problems',
        label: 'Show problems',
        group: 'This policy',
        run: () => editor.setState({ panel: 'problems' }),
      },
      {
        id: 'json',
        label: 'Show as JSON',
        group: 'This policy',
        run: () => editor.setState({ view: 'json' }),
      },
      {
        id: 'canvas',
        label: 'Show the canvas',
        group: 'This policy',
        run: () => editor.setState({ view: 'canvas' }),
      },
      {
        id: 'overlay',
        label: 'Traffic on edges, on or off',
        group: 'This policy',
        run: () => editor.setState((state) => ({ showsTraffic: !state.showsTraffic })),
      },
      {
        id: 'live-map',
        label: 'Live map, on or off',
        detail: 'The last 15 minutes',
        group: 'This policy',
        run: () => editor.setState((state) => ({ showsLive: !state.showsLive })),
      },
      {
        id: 'publish',
        label: 'Publish…',
        group: 'This policy',
        run: () => editor.setState({ publishing: true }),
      },
    ],
    [document, editor, flush],
  );
  useCommands(commands);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      void flush();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [flush]);
}
