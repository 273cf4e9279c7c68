import { SegmentedControl, Skeleton } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import { diffPolicies } from '#engine/policy/diff/index.ts';
import { writePolicy } from '#engine/policy/index.ts';
import { isSameButPlaces, kindOfChange, type NodeChangeKind, type Sides } from './change-lines.ts';
import { changeWords } from './change-words.ts';
import { DiffList } from './diff-list.tsx';
import { mergeGraphs } from './merged-graph.ts';
import styles from './publish.module.css';

const JsonDiff = lazy(async () => ({ default: (await import('./json-diff.tsx')).JsonDiff }));
const DiffCanvas = lazy(async () => ({ default: (await import('./diff-canvas.tsx')).DiffCanvas }));

interface Props {
  readonly sides: Sides;
  /** What is compared: `version 2 and the draft`. */
  readonly name: string;
  readonly title?: string;
}

/** What differs between two policies: as one drawing with the list beside it, or as two texts. */
export function DiffView({ sides, name, title = 'What changes' }: Props) {
  const [view, setView] = useState('drawing');
  const [shown, setShown] = useState<string | null>(null);
  const diff = useMemo(() => diffPolicies(sides.before, sides.after), [sides.before, sides.after]);
  const graph = useMemo(
    () => mergeGraphs({ before: sides.before, after: sides.after }, diff),
    [sides.before, sides.after, diff],
  );
  const isSame = isSameButPlaces(diff);
  const counts = useMemo(() => countsOf(diff.nodes.map(kindOfChange)), [diff]);
  return (
    <section className={styles.changes} aria-label={title}>
      <div className={styles['changes-head']}>
        <h3>{title}</h3>
        <p className={styles.counts}>{isSame ? '' : counts}</p>
        <SegmentedControl
          size="xs"
          aria-label="How to show the changes"
          value={view}
          onChange={setView}
          data={[
            { value: 'drawing', label: 'Drawing' },
            { value: 'json', label: 'JSON' },
          ]}
        />
      </div>
      {view === 'json' ? (
        <Suspense fallback={<Skeleton height={360} radius="md" />}>
          <JsonDiff before={writePolicy(sides.before)} after={writePolicy(sides.after)} />
        </Suspense>
      ) : isSame ? (
        <p className="wb-muted">Nothing but places on the canvas: {name} decide exactly alike.</p>
      ) : (
        <div className={styles.beside}>
          <div className={styles.drawing}>
            <Suspense fallback={<Skeleton height={360} radius="md" />}>
              <DiffCanvas graph={graph} name={name} shown={shown} />
            </Suspense>
          </div>
          <DiffList diff={diff} sides={sides} onShow={setShown} />
        </div>
      )}
    </section>
  );
}

/** `1 added, 2 changed`. */
function countsOf(kinds: readonly NodeChangeKind[]): string {
  const order = ['added', 'removed', 'changed', 'moved', 'relabelled'] as const;
  return order
    .flatMap((kind) => {
      const count = kinds.filter((one) => one === kind).length;
      const { sign, text } = changeWords[kind];
      return count === 0 ? [] : [`${sign} ${count} ${text}`];
    })
    .join(' · ');
}
