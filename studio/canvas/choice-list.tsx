import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import styles from './choice-list.module.css';

export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly icon?: ReactNode;
  readonly run: () => void;
}

export interface ChoiceSection {
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** A searchable list to choose one thing from: typing narrows, arrows walk, Enter chooses, Escape leaves. */
export function ChoiceList({
  label,
  placeholder,
  empty,
  sectionsFor,
  onLeave,
}: {
  readonly label: string;
  readonly placeholder: string;
  /** Said when nothing fits. */
  readonly empty: string;
  /** What there is for a search text; lower case, trimmed. */
  readonly sectionsFor: (search: string) => readonly ChoiceSection[];
  readonly onLeave: () => void;
}) {
  const listId = useId();
  const [search, setSearch] = useState('');
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const sections = useMemo(
    () => sectionsFor(search.trim().toLowerCase()).filter((section) => section.choices.length > 0),
    [sectionsFor, search],
  );
  const choices = sections.flatMap((section) => section.choices);
  const active = Math.min(at, choices.length - 1);
  const idOf = (index: number): string => `${listId}-${index}`;

  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    globalThis.document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [listId, active]);

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') onLeave();
    else if (event.key === 'Enter') choices[active]?.run();
    else if (event.key === 'ArrowDown') setAt((active + 1) % Math.max(1, choices.length));
    else if (event.key === 'ArrowUp') setAt((active - 1 + choices.length) % Math.max(1, choices.length));
    else if (event.key === 'Tab') onLeave();
    else return;
    event.preventDefault();
  };

  let index = -1;
  return (
    <div className={`${styles.box} nowheel nodrag nopan`} role="dialog" aria-label={label}>
      <input
        ref={input}
        className={styles.search}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={choices.length === 0 ? undefined : idOf(active)}
        placeholder={placeholder}
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} className={styles.list} role="listbox" aria-label={label}>
        {sections.map((section) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox
          <div key={section.title} role="group" aria-label={section.title}>
            <div className={styles.section} aria-hidden="true">
              {section.title}
            </div>
            {section.choices.map((choice) => {
              index += 1;
              const own = index;
              return (
                <Option
                  key={choice.id}
                  id={idOf(own)}
                  choice={choice}
                  isActive={own === active}
                  onPoint={() => setAt(own)}
                />
              );
            })}
          </div>
        ))}
        {choices.length === 0 && <div className={styles.empty}>{empty}</div>}
      </div>
    </div>
  );
}

function Option({
  id,
  choice,
  isActive,
  onPoint,
}: {
  readonly id: string;
  readonly choice: Choice;
  readonly isActive: boolean;
  readonly onPoint: () => void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard chooses through the search field
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className={styles.option}
      data-active={isActive || undefined}
      onPointerMove={onPoint}
      onClick={choice.run}
    >
      {choice.icon}
      <span className={styles.words}>
        <span className={styles.label}>{choice.label}</span>
        {choice.hint !== undefined && <span className={styles.hint}>{choice.hint}</span>}
      </span>
    </div>
  );
}
