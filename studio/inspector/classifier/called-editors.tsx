import { NumberInput, Textarea, TextInput } from '@mantine/core';
import { useRowKeys } from '../../look/use-row-keys.ts';
import inspector from '../inspector.module.css';
import { ModelPicker } from '../model-picker.tsx';
import { ProblemNotes } from '../problem-notes.tsx';
import { useDraft } from '../use-draft.ts';
import styles from './classifier.module.css';
import type { EditorProps } from './editor-props.ts';
import { LabelLine } from './label-field.tsx';
import { NewLabel } from './new-label.tsx';

/** A model that reads the message and names a label. */
export function JudgeEditor({ classifier, readOnly, problems, onChange }: EditorProps<'judge'>) {
  const labels = Object.keys(classifier.labels);
  const rows = useRowKeys(labels.length);
  const prompt = useDraft(classifier.prompt, (text) => {
    if (text.trim() === '') return false;
    onChange({ ...classifier, prompt: text }, 'Change what the model is asked', { burst: 'prompt' });
    return true;
  });
  const setLabels = (entries: readonly (readonly [string, string])[]) => ({
    ...classifier,
    labels: Object.fromEntries(entries),
  });
  const entries = Object.entries(classifier.labels);
  return (
    <>
      <ModelPicker
        field={{ label: 'Model' }}
        value={classifier.target}
        readOnly={readOnly}
        onModel={(target) => onChange({ ...classifier, target }, 'Change the judge')}
      />
      <ProblemNotes problems={problems.filter(({ field }) => field === 'target')} />
      <Textarea
        label="It is asked"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={20_000}
        value={prompt.text}
        readOnly={readOnly}
        error={prompt.isRefused && 'Not kept: the model must be asked something.'}
        onChange={(event) => prompt.onText(event.currentTarget.value)}
        onBlur={prompt.onLeave}
      />
      {entries.map(([label, description], index) => (
        <section key={rows.keyAt(index)} className={styles.card} aria-label={`Label ${label}`}>
          <LabelLine
            label={label}
            labels={labels}
            readOnly={readOnly}
            onName={(to) =>
              onChange(setLabels(entries.with(index, [to, description])), `Rename label ${label} to ${to}`, {
                renamed: { from: label, to },
              })
            }
            onRemove={() => {
              rows.drop(index);
              onChange(setLabels(entries.toSpliced(index, 1)), `Remove label ${label}`);
            }}
          />
          <TextInput
            aria-label={`What ${label} means`}
            placeholder="What it means, for the model"
            maxLength={2_000}
            value={description}
            readOnly={readOnly}
            onChange={(event) =>
              onChange(
                setLabels(entries.with(index, [label, event.currentTarget.value])),
                `Describe label ${label}`,
                { burst: `label:${label}` },
              )
            }
          />
        </section>
      ))}
      {!readOnly && (
        <NewLabel
          taken={labels}
          onAdd={(label) => onChange(setLabels([...entries, [label, '']]), `Add label ${label}`)}
        />
      )}
      <Deadline
        value={classifier.deadline_ms}
        readOnly={readOnly}
        onMs={(deadline_ms) =>
          onChange({ ...classifier, deadline_ms }, 'Change the deadline', { burst: 'deadline' })
        }
      />
    </>
  );
}

/** A service of the user's own that answers a label. */
export function HttpEditor({ classifier, readOnly, onChange }: EditorProps<'http'>) {
  const { labels } = classifier;
  const rows = useRowKeys(labels.length);
  const url = useDraft(classifier.url, (text) => {
    if (!URL.canParse(text) || !/^https?:\/\/./.test(text)) return false;
    onChange({ ...classifier, url: text }, 'Change the address', { burst: 'url' });
    return true;
  });
  return (
    <>
      <TextInput
        label="Address"
        description="Gets a POST with the message as JSON, answers a label and how sure it is."
        value={url.text}
        readOnly={readOnly}
        error={url.isRefused && 'Not kept: write an address, such as https://labels.example.com/label'}
        onChange={(event) => url.onText(event.currentTarget.value)}
        onBlur={url.onLeave}
      />
      <span className={inspector.caption}>Labels it may answer</span>
      {labels.map((label, index) => (
        <LabelLine
          key={rows.keyAt(index)}
          label={label}
          labels={labels}
          readOnly={readOnly}
          onName={(to) =>
            onChange({ ...classifier, labels: labels.with(index, to) }, `Rename label ${label} to ${to}`, {
              renamed: { from: label, to },
            })
          }
          onRemove={() => {
            rows.drop(index);
            onChange({ ...classifier, labels: labels.toSpliced(index, 1) }, `Remove label ${label}`);
          }}
        />
      ))}
      {!readOnly && (
        <NewLabel
          taken={labels}
          onAdd={(label) => onChange({ ...classifier, labels: [...labels, label] }, `Add label ${label}`)}
        />
      )}
      <Deadline
        value={classifier.deadline_ms}
        readOnly={readOnly}
        onMs={(deadline_ms) =>
          onChange({ ...classifier, deadline_ms }, 'Change the deadline', { burst: 'deadline' })
        }
      />
    </>
  );
}

function Deadline({
  value,
  readOnly,
  onMs,
}: {
  readonly value: number;
  readonly readOnly: boolean;
  readonly onMs: (ms: number) => void;
}) {
  return (
    <NumberInput
      label="Deadline"
      description="Past it, the request leaves by “otherwise”."
      min={1}
      max={3_600_000}
      allowDecimal={false}
      thousandSeparator=","
      suffix=" ms"
      value={value}
      readOnly={readOnly}
      onChange={(next) => {
        if (typeof next === 'number' && next >= 1) onMs(next);
      }}
    />
  );
}
