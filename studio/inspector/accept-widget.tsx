import { Checkbox, NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { PolicyNode } from '#engine/nodes/index.ts';
import styles from './inspector.module.css';
import { JudgeFields } from './judge-fields.tsx';
import { ProblemNotes } from './problem-notes.tsx';
import type { WidgetProps } from './widget.ts';

export type AcceptSetting = Extract<PolicyNode, { kind: 'cascade' }>['accept'];

const judge: NonNullable<AcceptSetting['judge']> = {
  target: 'openai/gpt-5-mini',
  question: 'Does the answer solve the task completely and correctly?',
  at_least: 0.7,
};

/** What the first answer of a cascade must be like: checks to tick, each with its own setting. */
export function AcceptWidget({ node, field, problems, readOnly, change }: WidgetProps) {
  if (node.kind !== 'cascade') return null;
  const { accept } = node;
  const set = (part: Partial<AcceptSetting>, burst?: string): void => {
    change(
      (now) => (now.kind === 'cascade' ? { ...now, accept: { ...now.accept, ...part } } : now),
      burst === undefined ? {} : { burst },
    );
  };
  return (
    <fieldset className={styles.group}>
      <legend className={styles.caption}>{field.label}</legend>
      <Check
        label="It is no refusal"
        hint="Told by how it begins, and by the provider’s own mark."
        isOn={accept.no_refusal === true}
        readOnly={readOnly}
        onToggle={(isOn) => set({ no_refusal: isOn || undefined })}
      />
      <Check
        label="It fits the JSON schema"
        hint="The client’s own; where it asks for JSON without one, any JSON."
        isOn={accept.schema === true}
        readOnly={readOnly}
        onToggle={(isOn) => set({ schema: isOn || undefined })}
      />
      <Check
        label="It is long enough"
        isOn={accept.min_characters !== undefined}
        readOnly={readOnly}
        onToggle={(isOn) => set({ min_characters: isOn ? 20 : undefined })}
      >
        <NumberInput
          aria-label="Characters at least"
          min={1}
          allowDecimal={false}
          thousandSeparator=","
          suffix=" characters"
          value={accept.min_characters ?? ''}
          readOnly={readOnly}
          onChange={(next) => {
            if (typeof next === 'number' && next >= 1) set({ min_characters: next }, 'min_characters');
          }}
        />
      </Check>
      <Check
        label="A model judges it good enough"
        hint="One more call; it is billed to the request."
        isOn={accept.judge !== undefined}
        readOnly={readOnly}
        onToggle={(isOn) => set({ judge: isOn ? judge : undefined })}
      >
        {accept.judge !== undefined && (
          <JudgeFields
            judge={accept.judge}
            readOnly={readOnly}
            onJudge={(next, burst) => set({ judge: next }, `judge.${burst}`)}
          />
        )}
        <ProblemNotes problems={problems.filter((one) => one.field?.startsWith('accept.judge') === true)} />
      </Check>
      <Check
        label="It is sure of its words"
        hint="Mean log probability of its tokens, where the provider tells; 0 is certain."
        isOn={accept.min_logprob !== undefined}
        readOnly={readOnly}
        onToggle={(isOn) => set({ min_logprob: isOn ? -0.5 : undefined })}
      >
        <NumberInput
          aria-label="Mean log probability at least"
          max={0}
          step={0.1}
          decimalScale={2}
          value={accept.min_logprob ?? ''}
          readOnly={readOnly}
          onChange={(next) => {
            if (typeof next === 'number' && next <= 0) set({ min_logprob: next }, 'min_logprob');
          }}
        />
      </Check>
      {field.help !== undefined && <span className={styles.help}>{field.help}</span>}
    </fieldset>
  );
}

function Check({
  label,
  hint,
  isOn,
  readOnly,
  onToggle,
  children,
}: {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly readOnly: boolean;
  readonly onToggle: (isOn: boolean) => void;
  /** What is set where the check is asked for. */
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.check}>
      <Checkbox
        size="xs"
        label={label}
        {...(hint === undefined ? {} : { description: hint })}
        checked={isOn}
        disabled={readOnly}
        onChange={(event) => onToggle(event.currentTarget.checked)}
      />
      {isOn && children !== undefined && <div className={styles.checkBody}>{children}</div>}
    </div>
  );
}
