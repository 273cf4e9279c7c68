import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { checkExpression, type Problem } from '#engine/expression/index.ts';
import { useHoveredWord, WordCard } from './cel-hover.tsx';
import { tokensOf } from './cel-tokens.ts';
import { type Completion, completionsAt } from './completions.ts';
import styles from './condition.module.css';

export interface ConditionProps {
  readonly text: string;
  readonly label: string;
  readonly readOnly: boolean;
  readonly onText: (text: string) => void;
}

/** A condition as text: coloured, completed, checked with every key; a mistake is underlined where it stands. */
export function CelField({ text, label, readOnly, onText }: ConditionProps) {
  const listId = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const paint = useRef<HTMLPreElement>(null);
  const hover = useHoveredWord(text, paint);
  const [caret, setCaret] = useState<number | null>(null);
  const [wanted, setWanted] = useState(0);
  const [at, setAt] = useState(0);
  const checked = checkExpression(text);
  const problem = checked.kind === 'bad' ? checked.problem : undefined;
  const offer = caret === null || readOnly ? undefined : completionsAt(text, caret);
  const items = offer?.items ?? [];
  const active = Math.min(at, items.length - 1);

  // The caret is put behind what was accepted, once the new text is there.
  useLayoutEffect(() => {
    if (wanted > 0) input.current?.setSelectionRange(wanted, wanted);
  }, [wanted]);

  const accept = (item: Completion | undefined): void => {
    if (offer === undefined || item === undefined) return;
    const next = `${text.slice(0, offer.from)}${item.insert}${text.slice(offer.to)}`;
    onText(next);
    const behind = offer.from + item.insert.length;
    setWanted(behind);
    setCaret(/^[\w.]+$/.test(item.insert) ? null : behind);
    setAt(0);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Escape' && hover.hovered !== undefined) {
      hover.close();
      event.stopPropagation();
    }
    if (event.key === ' ' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      setCaret(event.currentTarget.selectionStart);
      return;
    }
    if (items.length === 0) {
      if (event.key === 'Enter') event.preventDefault();
      return;
    }
    if (event.key === 'ArrowDown') setAt((active + 1) % items.length);
    else if (event.key === 'ArrowUp') setAt((active - 1 + items.length) % items.length);
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) accept(items[active]);
    else if (event.key === 'Escape') setCaret(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={styles.cel} data-bad={problem === undefined ? undefined : ''}>
      <div className={styles.stack}>
        <pre ref={paint} className={styles.paint} aria-hidden="true">
          <Painted text={text} problem={problem} />
          {'\u200b'}
        </pre>
        <textarea
          ref={input}
          className={styles.input}
          role="combobox"
          aria-label={label}
          aria-autocomplete="list"
          aria-expanded={items.length > 0}
          aria-controls={listId}
          aria-activedescendant={items.length === 0 ? undefined : `${listId}-${active}`}
          aria-invalid={problem !== undefined}
          spellCheck={false}
          autoComplete="off"
          rows={1}
          value={text}
          readOnly={readOnly}
          placeholder="request.input_tokens > 60000"
          onChange={(event) => {
            onText(event.currentTarget.value.replaceAll('\n', ' '));
            setCaret(event.currentTarget.selectionStart);
            setAt(0);
            hover.close();
          }}
          onPointerMove={hover.move}
          onPointerLeave={hover.leave}
          onKeyDown={onKeyDown}
          onBlur={() => setCaret(null)}
        />
      </div>
      {items.length > 0 && (
        <div id={listId} className={styles.offers} role="listbox" aria-label="Proposals">
          {items.map((item, index) => (
            <Offer
              key={item.label}
              id={`${listId}-${index}`}
              item={item}
              isActive={index === active}
              onChoose={() => accept(item)}
            />
          ))}
        </div>
      )}
      {items.length === 0 && hover.hovered !== undefined && (
        <div
          className={`${styles.offers} ${styles.tip}`}
          role="tooltip"
          onPointerEnter={hover.stay}
          onPointerLeave={hover.leave}
        >
          <WordCard word={hover.hovered.word} />
        </div>
      )}
    </div>
  );
}

/** The text in colours. The part that is wrong is underlined; at the very end a mark stands for what is missing. */
function Painted({ text, problem }: { readonly text: string; readonly problem: Problem | undefined }) {
  const { start, end } = problem?.range ?? { start: -1, end: -1 };
  return tokensOf(text).flatMap((token) => {
    const stop = token.start + token.text.length;
    const cuts = [token.start, ...[start, end].filter((cut) => cut > token.start && cut < stop), stop];
    return cuts.slice(1).map((to, index) => {
      const from = cuts[index] ?? token.start;
      const isWrong = from >= start && from < Math.max(end, start + 1) && start >= 0;
      return (
        <span key={from} data-kind={token.kind} data-wrong={isWrong || undefined}>
          {text.slice(from, to)}
        </span>
      );
    });
  });
}

function Offer({
  id,
  item,
  isActive,
  onChoose,
}: {
  readonly id: string;
  readonly item: Completion;
  readonly isActive: boolean;
  readonly onChoose: () => void;
}) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <div
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={styles.offer}
      data-active={isActive || undefined}
      onPointerDown={(event) => {
        event.preventDefault();
        onChoose();
      }}
    >
      <span className={styles.offerLine}>
        <code>{item.label.trim()}</code>
        <span>{isActive ? (item.type ?? item.detail) : item.detail}</span>
      </span>
      {isActive && <span className={styles.offerMeaning}>{item.meaning}</span>}
      {isActive && item.example !== undefined && <code className={styles.example}>{item.example}</code>}
    </div>
  );
}
