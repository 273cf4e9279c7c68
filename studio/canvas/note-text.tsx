import { memo } from 'react';
import styles from './mark.module.css';
import { type Block, type Inline, readMarkup } from './note-markup.ts';

/** The text of a note, with its light markup drawn. */
export const NoteText = memo(function NoteText({ text }: { readonly text: string }) {
  return readMarkup(text).map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a text have no other name
    <TextBlock key={index} block={block} />
  ));
});

function TextBlock({ block: { kind, lines } }: { readonly block: Block }) {
  if (kind === 'list')
    return (
      <ul className={styles.list}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <li key={index}>
            <Line parts={line} />
          </li>
        ))}
      </ul>
    );
  const content = lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    <span key={index} className={styles.line}>
      <Line parts={line} />
    </span>
  ));
  return kind === 'heading' ? (
    <strong className={styles.heading}>{content}</strong>
  ) : (
    <p className={styles.paragraph}>{content}</p>
  );
}

function Line({ parts }: { readonly parts: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: as above
  return parts.map((part, index) => <Stretch key={index} part={part} />);
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
