import { Switch } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { plural } from '../../look/format.ts';
import { useRowKeys } from '../../look/use-row-keys.ts';
import { ModelPicker } from '../model-picker.tsx';
import { ProblemNotes } from '../problem-notes.tsx';
import styles from './classifier.module.css';
import type { EditorProps } from './editor-props.ts';
import { LabelLine } from './label-field.tsx';
import { LinesField } from './lines-field.tsx';
import { NewLabel } from './new-label.tsx';

/** Labels with a few messages each, one a line. */
export function ExamplesEditor({ classifier, readOnly, problems, onChange }: EditorProps<'examples'>) {
  const [fresh, setFresh] = useState<string | null>(null);
  const labels = Object.keys(classifier.labels);
  const rows = useRowKeys(labels.length);
  const setLabels = (next: Readonly<Record<string, readonly string[]>>) => ({
    ...classifier,
    labels: Object.fromEntries(Object.entries(next).map(([label, lines]) => [label, [...lines]])),
  });
  const rename = (from: string, to: string): void => {
    const entries = Object.entries(classifier.labels).map(([label, lines]) => [
      label === from ? to : label,
      lines,
    ]);
    onChange(setLabels(Object.fromEntries(entries)), `Rename label ${from} to ${to}`, {
      renamed: { from, to },
    });
  };
  return (
    <>
      {labels.map((label, index) => (
        <section key={rows.keyAt(index)} className={styles.card} aria-label={`Label ${label}`}>
          <LabelLine
            label={label}
            labels={labels}
            readOnly={readOnly}
            onName={(to) => rename(label, to)}
            onRemove={() => {
              const { [label]: _gone, ...rest } = classifier.labels;
              rows.drop(index);
              onChange(setLabels(rest), `Remove label ${label}`);
            }}
          >
            <span className={styles.count}>{plural(classifier.labels[label]?.length ?? 0, 'example')}</span>
          </LabelLine>
          <Utterances
            label={label}
            lines={classifier.labels[label] ?? []}
            readOnly={readOnly}
            isFresh={fresh === label}
            onLines={(lines) =>
              onChange(
                setLabels({ ...classifier.labels, [label]: lines }),
                `Change the examples of ${label}`,
                {
                  burst: `lines:${label}`,
                },
              )
            }
          />
          <ProblemNotes problems={problems.filter(({ field }) => field === `labels.${label}`)} />
        </section>
      ))}
      {!readOnly && (
        <NewLabel
          taken={labels}
          onAdd={(label) => {
            setFresh(label);
            onChange(setLabels({ ...classifier.labels, [label]: [] }), `Add label ${label}`);
          }}
        />
      )}
      <Embeddings classifier={classifier} readOnly={readOnly} problems={problems} onChange={onChange} />
    </>
  );
}

function Utterances({
  label,
  lines,
  readOnly,
  isFresh,
  onLines,
}: {
  readonly label: string;
  readonly lines: readonly string[];
  readonly readOnly: boolean;
  /** Just added: the author writes here next. */
  readonly isFresh: boolean;
  readonly onLines: (lines: readonly string[]) => void;
}) {
  const input = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (isFresh) input.current?.focus();
  }, [isFresh]);
  return (
    <LinesField
      label={`Examples of ${label}`}
      placeholder="What users say, one message a line. Paste many at once."
      lines={lines}
      readOnly={readOnly}
      inputRef={input}
      onLines={onLines}
    />
  );
}

const usualEmbeddings = 'openai/text-embedding-3-small';

function Embeddings({ classifier, readOnly, onChange }: EditorProps<'examples'>) {
  const { embeddings, ...offline } = classifier;
  return (
    <section className={styles.part}>
      <Switch
        size="xs"
        label="Compare by a provider’s embeddings"
        description="More right than the offline vectors, above all with few examples and in other languages. Every message costs a small call."
        checked={embeddings !== undefined}
        disabled={readOnly}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked ? { ...offline, embeddings: usualEmbeddings } : offline,
            event.currentTarget.checked ? 'Compare by embeddings' : 'Compare offline',
          )
        }
      />
      {embeddings !== undefined && (
        <ModelPicker
          field={{ label: 'Embedding model' }}
          value={embeddings}
          readOnly={readOnly}
          onModel={(next) => onChange({ ...offline, embeddings: next }, 'Change the embedding model')}
        />
      )}
    </section>
  );
}
