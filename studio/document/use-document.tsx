import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import type { PolicyDocument } from './document.ts';
import type { DocumentState } from './document-state.ts';
import { keepHistory } from './history-storage.ts';

const DocumentContext = createContext<PolicyDocument | null>(null);

/** Puts a document in reach of canvas, inspector and panels; unsaved edits are stored before the page goes. */
export function DocumentProvider({
  document,
  children,
}: {
  readonly document: PolicyDocument;
  readonly children: ReactNode;
}): ReactNode {
  useEffect(() => {
    window.addEventListener('pagehide', document.settle);
    return () => {
      window.removeEventListener('pagehide', document.settle);
      document.settle();
    };
  }, [document]);
  useEffect(() => keepHistory(document, window.localStorage), [document]);
  return <DocumentContext value={document}>{children}</DocumentContext>;
}

/** The document itself: `run`, `undo`, `select` … It never changes identity while a policy is open. */
export function useDocumentActions(): PolicyDocument {
  const document = useContext(DocumentContext);
  if (document === null) throw new Error('useDocument needs a DocumentProvider around it.');
  return document;
}

/** A part of the document's state. The selector must answer stable references (`useShallow` for made-up objects). */
export function useDocument<T>(selector: (state: DocumentState) => T): T {
  return useStore(useDocumentActions().store, selector);
}
