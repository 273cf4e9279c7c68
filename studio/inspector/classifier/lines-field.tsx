import { Textarea } from '@mantine/core';
import { type RefObject, useState } from 'react';

/** A list of texts, one a line. What is typed stays as it is while it reads as the same list. */
export function LinesField({
  label,
  placeholder,
  lines,
  readOnly,
  inputRef,
  onLines,
}: {
  readonly label: string;
  readonly placeholder?: string;
  readonly lines: readonly string[];
  readonly readOnly: boolean;
  readonly inputRef?: RefObject<HTMLTextAreaElement | null>;
  readonly onLines: (lines: readonly string[]) => void;
}) {
  const [text, setText] = useState(lines.join('\n'));
  const isSame = JSON.stringify(linesOf(text)) === JSON.stringify(lines);
  return (
    <Textarea
      aria-label={label}
      placeholder={placeholder ?? ''}
      autosize
      minRows={2}
      maxRows={9}
      value={isSame ? text : lines.join('\n')}
      readOnly={readOnly}
      {...(inputRef === undefined ? {} : { ref: inputRef })}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onLines(linesOf(event.currentTarget.value));
      }}
    />
  );
}

/** Lines without blank ones and the space around them, each as long as a document may hold. */
export function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim().slice(0, 4_000))
    .filter((line) => line !== '');
}
