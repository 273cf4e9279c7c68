import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { wording } from './simple-widgets.tsx';
import { settingOf, type WidgetProps } from './widget.ts';

/** A setting that has no control of its own here, as the JSON that stands in the document. */
export function JsonWidget({ node, field, readOnly, set }: WidgetProps) {
  const value = settingOf(node, field.name);
  const shown = value === undefined ? '' : JSON.stringify(value, null, 2);
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const leave = (): void => {
    const problem = text === null || text === shown ? null : take(text, set);
    setError(problem);
    if (problem === null) setText(null);
  };
  return (
    <Textarea
      {...wording(field)}
      autosize
      minRows={1}
      maxRows={12}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      value={text ?? shown}
      error={error}
      readOnly={readOnly}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || text === null) return;
        event.stopPropagation();
        setText(null);
        setError(null);
      }}
    />
  );
}

/** Sets what was written; answers what is wrong with it, if anything. */
function take(text: string, set: WidgetProps['set']): string | null {
  const read = readJson(text);
  if (read.kind === 'bad') return 'This is not JSON. Correct it, or press Escape to take it back.';
  return set(read.value) ? null : 'The setting cannot have this value.';
}

/** An empty text leaves the setting out. */
function readJson(text: string): { readonly kind: 'ok'; readonly value: unknown } | { readonly kind: 'bad' } {
  if (text.trim() === '') return { kind: 'ok', value: undefined };
  try {
    return { kind: 'ok', value: JSON.parse(text) };
  } catch {
    return { kind: 'bad' };
  }
}
