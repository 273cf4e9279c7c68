import { Badge, Collapse, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconBan, IconChevronRight, IconHistory, IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { type ErrorClass, errorClasses, errorClassLabels } from '#engine/nodes/index.ts';
import type { Trial } from '#server/contract/index.ts';
import { useModels } from '../client/use-models.ts';
import { useDocumentActions } from '../document/index.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatMoney } from '../look/format.ts';
import { SignalsTable } from '../look/signals-table.tsx';
import { PoolPane } from './pool-pane.tsx';
import styles from './tester.module.css';

interface Props {
  readonly trial: Trial | null;
  readonly error: unknown;
  /** The drawing was changed since. */
  readonly isStale: boolean;
  /** The request, or what is pretended, was changed since. */
  readonly isOther: boolean;
}

/** Which way the request goes and why, what would be called, and the signals it was decided on. */
export function TrialPane({ trial, error, isStale, isOther }: Props) {
  return (
    <section className={styles.pane} aria-label="Decision" aria-live="polite" data-stale={isStale}>
      {error === null || error === undefined ? null : <Failure error={error} />}
      {trial === null ? (
        error === null ? (
          <Empty icon={IconRoute} title="Run a request">
            Its way lights up on the canvas, with the reason for every turn. Nothing is called and nothing is
            spent.
          </Empty>
        ) : null
      ) : (
        <>
          <Age isStale={isStale} isOther={isOther} />
          <Outcome trial={trial} />
          <Reasons reasons={trial.reasons} />
          {trial.pools.map((pool) => (
            <PoolPane key={pool.node} pool={pool} />
          ))}
          <Attempts attempts={trial.attempts} />
          <Signals signals={trial.signals} />
        </>
      )}
    </section>
  );
}

/** What the answer does not know of yet. */
function Age({ isStale, isOther }: Pick<Props, 'isStale' | 'isOther'>) {
  if (!isStale && !isOther) return null;
  return (
    <p className={styles.stale}>
      <IconHistory size={15} stroke={1.8} aria-hidden="true" />
      {isOther
        ? 'The request was changed since. Run it again.'
        : 'The drawing was changed since; this is the answer before.'}
    </p>
  );
}

function Outcome({ trial: { attempts, refusal } }: { readonly trial: Trial }) {
  const { byId } = useModels();
  const first = attempts[0];
  if (refusal !== null) {
    return (
      <div className={styles.outcome} data-kind="refused">
        <IconBan size={18} stroke={1.7} aria-hidden="true" />
        <div>
          <strong>
            Refused with {refusal.status} {refusal.code}
          </strong>
          <div className="wb-muted">{refusal.message}</div>
        </div>
      </div>
    );
  }
  if (first === undefined) return null;
  return (
    <div className={styles.outcome} data-kind="served">
      <div>
        <strong>{byId.get(first.target)?.name ?? first.target}</strong>
        <div className="wb-code wb-muted">{first.target}</div>
      </div>
      <div className={styles.cost}>
        <span className="wb-muted">expected cost</span>
        <strong>
          {first.expectedCostNanoUsd === null ? 'no price' : formatMoney(first.expectedCostNanoUsd)}
        </strong>
      </div>
    </div>
  );
}

function Reasons({ reasons }: Pick<Trial, 'reasons'>) {
  const document = useDocumentActions();
  if (reasons.length === 0) return null;
  return (
    <div>
      <h3 className={styles.heading}>Why</h3>
      <ol className={styles.reasons}>
        {reasons.map(({ node, sentence }) => (
          <li key={`${node} ${sentence}`}>
            <button
              type="button"
              onClick={() => {
                document.select([node]);
                document.show({ node, focus: 'canvas' });
              }}
            >
              {sentence}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Attempts({ attempts }: Pick<Trial, 'attempts'>) {
  if (attempts.length < 2) return null;
  return (
    <div>
      <h3 className={styles.heading}>If it fails</h3>
      <ol className={styles.attempts}>
        {attempts.map(({ node, target, movesOn, expectedCostNanoUsd }, index) => (
          <li key={`${node} ${target}`}>
            {index === 0 ? null : <IconArrowDown size={13} stroke={1.8} aria-hidden="true" />}
            <code>{target}</code>
            <span className="wb-muted">
              {expectedCostNanoUsd === null ? 'no price' : formatMoney(expectedCostNanoUsd)}
            </span>
            {movesOn.length === 0 ? null : (
              <span className={styles.moves}>
                {movesOn.map(({ on }) => (
                  <Badge key={on} color="gray" size="sm">
                    {nameOf(on)}
                  </Badge>
                ))}
              </span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function nameOf(on: string): string {
  const known: ErrorClass | undefined = errorClasses.find((one) => one === on);
  return known === undefined ? on : errorClassLabels[known];
}

function Signals({ signals }: Pick<Trial, 'signals'>) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <UnstyledButton className={styles.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight
          size={14}
          stroke={1.8}
          style={{ rotate: open ? '90deg' : '0deg' }}
          aria-hidden="true"
        />
        Signals it was decided on
      </UnstyledButton>
      <Collapse expanded={open}>
        <SignalsTable signals={signals} />
      </Collapse>
    </div>
  );
}
