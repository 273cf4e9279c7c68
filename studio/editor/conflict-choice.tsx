import { Radio } from '@mantine/core';
import type { Policy } from '#engine/policy/index.ts';
import { type MergeConflict, placeOfConflict, type Side, tellSide } from '../document/index.ts';
import styles from './conflict-dialog.module.css';

interface Props {
  readonly conflict: MergeConflict;
  readonly mine: Policy;
  readonly theirs: Policy;
  readonly side: Side | null;
  readonly onChoose: (side: Side) => void;
  /** What the two sides are called. */
  readonly names?: Readonly<Record<Side, string>>;
}

const persons: Readonly<Record<Side, string>> = { mine: 'Mine', theirs: 'Theirs' };

/** One place that both sides changed: what was there, and the two values to choose from. */
export function ConflictChoice({ conflict, mine, theirs, side, onChoose, names = persons }: Props) {
  return (
    <Radio.Group
      label={placeOfConflict(conflict, mine, theirs)}
      description={`Before: ${tellSide(conflict, 'base')}`}
      value={side}
      onChange={(value) => onChoose(value === 'mine' ? 'mine' : 'theirs')}
    >
      <div className={styles.sides}>
        {(['mine', 'theirs'] as const).map((one) => (
          <Radio.Card
            key={one}
            value={one}
            className={styles.side ?? ''}
            aria-label={`${names[one]}: ${tellSide(conflict, one)}`}
          >
            <span className={styles.who}>{names[one]}</span>
            <span className={styles.value}>{tellSide(conflict, one)}</span>
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  );
}
