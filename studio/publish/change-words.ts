import type { MergedEdge, MergedNode } from './merged-graph.ts';

interface Word {
  /** Tells it without colour. */
  readonly sign: string;
  readonly text: string;
  readonly tone: 'good' | 'bad' | 'accent' | 'warn' | 'neutral';
}

/** How a difference of a node is shown. */
export const changeWords: Readonly<Record<MergedNode['change'], Word>> = {
  added: { sign: '+', text: 'added', tone: 'good' },
  removed: { sign: '−', text: 'removed', tone: 'bad' },
  changed: { sign: '~', text: 'changed', tone: 'accent' },
  moved: { sign: '⤳', text: 'moved', tone: 'warn' },
  relabelled: { sign: '“”', text: 'renamed', tone: 'neutral' },
  same: { sign: '', text: 'the same', tone: 'neutral' },
};

/** What stands on an edge that differs. */
export const edgeWords: Readonly<
  Record<MergedEdge['change'], { readonly sign: string; readonly text: string } | null>
> = {
  added: { sign: '+', text: 'new' },
  removed: { sign: '−', text: 'gone' },
  moved: { sign: '⤳', text: 'leads here now' },
  left: { sign: '−', text: 'led here before' },
  same: null,
};
