import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import { closeOpen, useCanvasStore } from './canvas-state.ts';

/** The name of something while it is typed on the canvas: Enter and leaving keep it, Escape does not. */
export function NameEditor({
  id,
  name,
  label,
  maxLength,
  className,
  onName,
}: {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly maxLength: number;
  readonly className: string | undefined;
  readonly onName: (name: string) => void;
}) {
  const canvas = useCanvasStore();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(name);
  // It appears where the author asked for it.
  useLayoutEffect(() => input.current?.focus(), []);
  const keep = (): void => {
    if (canvas.getState().renaming !== id) return;
    if (text !== name) onName(text);
    closeOpen(canvas);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Enter') keep();
    if (event.key === 'Escape') closeOpen(canvas);
  };
  return (
    <input
      ref={input}
      className={`${className} nodrag nopan`}
      aria-label={label}
      value={text}
      maxLength={maxLength}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={onKeyDown}
    />
  );
}
