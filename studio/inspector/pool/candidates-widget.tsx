import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { ModelRow } from '../../client/queries.ts';
import { useModels } from '../../client/use-models.ts';
import { matchPool } from '../../document/index.ts';
import { Scrollable } from '../../look/scrollable.tsx';
import inspector from '../inspector.module.css';
import { modelFactsText } from '../model-facts-text.ts';
import { ProblemNotes } from '../problem-notes.tsx';
import { moved, SortableList } from '../sortable-list.tsx';
import type { WidgetProps } from '../widget.ts';
import { AddCandidate } from './add-candidate.tsx';
import { CandidateLine } from './candidate-line.tsx';
import styles from './pool.module.css';
import { reachText } from './reach-text.ts';

/** Which models a pool chooses from: names and patterns in order, with what they stand for at the moment. */
export function CandidatesWidget({ node, field, problems, readOnly, change }: WidgetProps) {
  const { byId } = useModels();
  if (node.kind !== 'pool') return null;
  const { candidates } = node;
  const { byPattern, ids } = matchPool(candidates, byId);
  const setCandidates = (next: readonly string[], burst?: string): boolean =>
    change(
      (now) => (now.kind === 'pool' ? { ...now, candidates: [...next] } : now),
      burst === undefined ? {} : { burst },
    );
  return (
    <div className={inspector.field}>
      <div className={inspector.captionRow}>
        <span className={inspector.caption}>{field.label}</span>
        <span className={styles.count} role="status">
          {byId.size === 0 ? 'Loading the catalogue…' : reachText(ids, byId)}
        </span>
      </div>
      <SortableList
        items={candidates}
        keyOf={(_pattern, index) => String(index)}
        nameOf={(pattern) => pattern}
        readOnly={readOnly}
        onMove={(from, to) => setCandidates(moved(candidates, from, to))}
      >
        {(pattern, index) => (
          <div className={styles.candidate} data-field={`candidates.${index}`}>
            <CandidateLine
              pattern={pattern}
              index={index}
              ids={byPattern[index]?.ids ?? []}
              models={byId}
              readOnly={readOnly}
              onPattern={(text) => setCandidates(candidates.with(index, text), String(index))}
              onRemove={() => setCandidates(candidates.toSpliced(index, 1))}
            />
            <ProblemNotes problems={problems.filter((one) => one.field === `candidates.${index}`)} />
          </div>
        )}
      </SortableList>
      {!readOnly && (
        <AddCandidate
          taken={candidates}
          models={byId}
          onAdd={(pattern) => setCandidates([...candidates, pattern])}
        />
      )}
      {ids.length > 0 && byId.size > 0 && <Matches ids={ids} models={byId} />}
      {field.help !== undefined && <span className={inspector.help}>{field.help}</span>}
    </div>
  );
}

const shownAtMost = 200;

/** Every model the pool stands for, with what matters in choosing. */
function Matches({
  ids,
  models,
}: {
  readonly ids: readonly string[];
  readonly models: ReadonlyMap<string, ModelRow>;
}) {
  const [open, setOpen] = useState(false);
  const listId = useId();
  return (
    <div>
      <UnstyledButton
        className={styles.fold}
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={14} stroke={1.8} aria-hidden="true" />
        {open ? 'Hide the models' : `Show ${ids.length === 1 ? 'the model' : `all ${ids.length} models`}`}
      </UnstyledButton>
      {open && (
        <Scrollable as="ul" id={listId} className={styles.matches} aria-label="Models of the pool">
          {ids.slice(0, shownAtMost).map((id) => (
            <MatchRow key={id} id={id} model={models.get(id)} />
          ))}
          {ids.length > shownAtMost && (
            <li className={inspector.optionHint}>and {ids.length - shownAtMost} more</li>
          )}
        </Scrollable>
      )}
    </div>
  );
}

function MatchRow({ id, model }: { readonly id: string; readonly model: ModelRow | undefined }) {
  const isReachable = model !== undefined && model.served !== 'none';
  return (
    <li className={styles.match} data-reachable={isReachable}>
      <span className={styles.matchName}>
        <span className={styles.dot} aria-hidden="true" />
        <span>{id}</span>
      </span>
      <span className={inspector.optionHint}>
        {model === undefined ? 'not in the catalogue' : modelFactsText(model)}
        {model !== undefined && !isReachable && ' · no key here'}
      </span>
    </li>
  );
}
