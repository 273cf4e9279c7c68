import { memo } from 'react';
import { keyed } from '../look/keyed.ts';
import styles from './mark.module.css';
import { type Block, type Inline, readMarkup } from './note-markup.ts';

/** The text of a note, with its light markup drawn. */
export const NoteText = memo(function NoteText({ text }: { readonly text: string }) {
  const blocks = keyed(readMarkup(text), ({ lines }) => lines.map(wordsOf).join('\n'));
  return blocks.map(({ key, item }) => <TextBlock key={key} block={item} />);
});

function TextBlock({ block: { kind, lines } }: { readonly block: Block }) {
  if (kind === 'list')
    return (
      <ul className={styles.list}>
        {keyed(lines, wordsOf).map(({ key, item }) => (
          <li key={key}>
            <Line parts={item} />
          </li>
        ))}
      </ul>
    );
  const content = keyed(lines, wordsOf).map(({ key, item }) => (
    <span key={key} className={styles.line}>
      <Line parts={item} />
    </span>
  ));
  return kind === 'heading' ? (
    <strong className={styles.heading}>{content}</strong>
  ) : (
    <p className={styles.paragraph}>{content}</p>
  );
}

function Line({ parts }: { readonly parts: readonly Inline[] }) {
  return keyed(parts, ({ text }) => text).map(({ key, item }) => <Stretch key={key} part={item} />);
}

function wordsOf(line: readonly Inline[]): string {
  return line.map(({ text }) => text).join('');
}

function Stretch({ part }: { readonly part: Inline }) {
  switch (part.kind) {
    case 'text':
      return <span>{part.text}</span>;
    case 'strong':
      return <strong>{part.text}</strong>;
    case 'em':
      return <em>{part.text}</em>;
    case 'code':
      return <code>{part.text}</code>;
    case 'link':
      return (
        <a className="nodrag" href={part.href} target="_blank" rel="noreferrer">
          {part.text}
        </a>
      );
  }
}
