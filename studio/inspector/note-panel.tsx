import { NumberInput, Radio, Textarea } from '@mantine/core';
import { IconNote } from '@tabler/icons-react';
import { type Note, type NoteColour, noteColours, noteLimits } from '#engine/policy/index.ts';
import { changeNote, resizeNote, useDocument, useDocumentActions } from '../document/index.ts';
import { formatCount } from '../look/format.ts';
import styles from './inspector.module.css';
import markStyles from './mark-panel.module.css';
import { SelectionActions } from './selection-actions.tsx';
import { useDraft } from './use-draft.ts';

const colourNames: Readonly<Record<NoteColour, string>> = {
  plain: 'Plain',
  amber: 'Amber',
  green: 'Green',
  violet: 'Violet',
  red: 'Red',
};

/** A note: its text, its colour, its measures. */
export function NotePanel({ id, note }: { readonly id: string; readonly note: Note }) {
  const document = useDocumentActions();
  const readOnly = useDocument((state) => state.readOnly);
  const text = useDraft(note.text, (words) =>
    document.run(changeNote(id, { text: words }), 'Edit note', { gesture: `note:${id}` }),
  );
  return (
    <>
      <header className={styles.head}>
        <IconNote size={22} stroke={1.5} />
        <div className={styles.headText}>
          <h2>Note</h2>
          <span className={styles.id}>{id}</span>
        </div>
      </header>
      <div className={styles.body}>
        <Textarea
          data-field="text"
          label="Text"
          description={`**bold**, *italic*, \`code\`, # heading, - list, [link](https://…). ${formatCount(note.text.length)} of ${formatCount(noteLimits.characters)} characters.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autosize
          minRows={5}
          maxRows={16}
          maxLength={noteLimits.characters}
          value={text.text}
          readOnly={readOnly}
          error={text.isRefused && `At most ${formatCount(noteLimits.characters)} characters.`}
          onChange={(event) => text.onText(event.currentTarget.value)}
          onBlur={text.onLeave}
        />
        <Radio.Group
          label="Colour"
          value={note.colour}
          readOnly={readOnly}
          onChange={(value) => {
            const colour = noteColours.find((one) => one === value);
            if (colour !== undefined)
              document.run(changeNote(id, { colour }), `Colour note ${colourNames[colour].toLowerCase()}`);
          }}
        >
          <div className={markStyles.colours}>
            {noteColours.map((colour) => (
              <Radio
                key={colour}
                value={colour}
                label={colourNames[colour]}
                disabled={readOnly}
                data-colour={colour}
                classNames={{ radio: markStyles.swatch ?? '' }}
              />
            ))}
          </div>
        </Radio.Group>
        <div className={markStyles.pair}>
          <Measure id={id} note={note} axis={0} label="Width" readOnly={readOnly} />
          <Measure id={id} note={note} axis={1} label="Height" readOnly={readOnly} />
        </div>
        <SelectionActions />
        <p className={styles.empty}>Notes are for people: they change nothing about how requests are led.</p>
      </div>
    </>
  );
}

function Measure({
  id,
  note,
  axis,
  label,
  readOnly,
}: {
  readonly id: string;
  readonly note: Note;
  readonly axis: 0 | 1;
  readonly label: string;
  readonly readOnly: boolean;
}) {
  const document = useDocumentActions();
  const { min, max } = axis === 0 ? noteLimits.width : noteLimits.height;
  return (
    <NumberInput
      label={label}
      suffix=" px"
      min={min}
      max={max}
      step={10}
      clampBehavior="blur"
      value={note.size[axis]}
      readOnly={readOnly}
      onChange={(value) => {
        if (typeof value !== 'number' || value < min || value > max) return;
        const size = axis === 0 ? ([value, note.size[1]] as const) : ([note.size[0], value] as const);
        document.run(resizeNote(id, size), 'Resize note', { gesture: `resize:${id}` });
      }}
    />
  );
}
