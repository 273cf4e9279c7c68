import type { CanvasTools } from '../canvas-tools.ts';
import type { Direction } from '../walk.ts';

/** A key and what it does. The sheet behind `?` is drawn from this very list. */
export interface Binding {
  readonly group: 'Add and connect' | 'Edit' | 'Move around' | 'Notes and groups' | 'View';
  readonly label: string;
  /** As written on the sheet. `mod` is ⌘ on a Mac, Ctrl elsewhere. */
  readonly keys: readonly string[];
  readonly isPressed: (event: KeyboardEvent) => boolean;
  /** Left out for readers. */
  readonly edits?: true;
  /** Works wherever the focus is, text fields apart; else only on the canvas. */
  readonly everywhere?: true;
  readonly run: (tools: CanvasTools) => void;
}

/** Neither Ctrl, ⌘ nor Alt. */
export const plain = (event: KeyboardEvent): boolean => !event.ctrlKey && !event.metaKey && !event.altKey;
/** Ctrl, or ⌘ on a Mac. */
export const mod = (event: KeyboardEvent): boolean => (event.ctrlKey || event.metaKey) && !event.altKey;

export function letter(key: string): (event: KeyboardEvent) => boolean {
  return (event) => plain(event) && !event.shiftKey && event.key.toLowerCase() === key;
}

export function named(...keys: readonly string[]): (event: KeyboardEvent) => boolean {
  return (event) => plain(event) && !event.shiftKey && keys.includes(event.key);
}

export function modLetter(key: string, shift = false): (event: KeyboardEvent) => boolean {
  return (event) => mod(event) && event.shiftKey === shift && event.key.toLowerCase() === key;
}

/** The arrow keys: name, sign, where they lead, and a step that way, px. */
export const arrows: readonly (readonly [string, string, Direction, readonly [number, number]])[] = [
  ['ArrowRight', '→', 'right', [10, 0]],
  ['ArrowLeft', '←', 'left', [-10, 0]],
  ['ArrowUp', '↑', 'up', [0, -10]],
  ['ArrowDown', '↓', 'down', [0, 10]],
];
