import { NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import type { CallInput } from '../client/call-api.ts';
import styles from './publish.module.css';

/** How a version comes into use. */
export interface Release {
  readonly kind: 'at_once' | 'canary' | 'shadow' | 'scheduled';
  /** Percent of the traffic that a canary serves at first. */
  readonly share: number;
  /** Minutes that each step is kept at least. */
  readonly minutes: number;
  /** Points of a hundred by which requests may fail more often. */
  readonly failures: number;
  /** Local time, as the field writes it. */
  readonly due: string;
}

export const atOnce: Release = { kind: 'at_once', share: 5, minutes: 15, failures: 2, due: '' };

const sentences: Readonly<Record<Release['kind'], string>> = {
  at_once: 'Every request that comes after publishing is served by the new version.',
  canary: 'It serves a share that rises, and is taken back by itself when it does worse than it may.',
  shadow: 'It serves nobody. What it would have decided stands in every record, at no model’s cost.',
  scheduled: 'It is published at that time as it is now, also when nobody looks.',
};

interface Props {
  readonly value: Release;
  readonly onChange: (release: Release) => void;
}

/** At once, a rising share, in shadow, or later. */
export function ReleaseFields({ value, onChange }: Props) {
  const number = (field: 'share' | 'minutes' | 'failures') => (typed: string | number) =>
    onChange({ ...value, [field]: Number(typed) });
  return (
    <section className={styles.changes} aria-label="How it comes into use">
      <h3>How it comes into use</h3>
      <SegmentedControl
        size="xs"
        aria-label="How it comes into use"
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind: isKind(kind) ? kind : 'at_once' })}
        data={[
          { value: 'at_once', label: 'At once' },
          { value: 'canary', label: 'Canary' },
          { value: 'shadow', label: 'Shadow' },
          { value: 'scheduled', label: 'At a time' },
        ]}
      />
      <p className="wb-muted">{sentences[value.kind]}</p>
      {value.kind === 'canary' ? (
        <div className={styles.release}>
          <NumberInput
            label="First share"
            suffix=" %"
            min={1}
            max={99}
            value={value.share}
            onChange={number('share')}
          />
          <NumberInput label="Minutes a step" min={0} value={value.minutes} onChange={number('minutes')} />
          <NumberInput
            label="Failures may rise by"
            suffix=" %"
            min={0}
            max={100}
            value={value.failures}
            onChange={number('failures')}
          />
        </div>
      ) : null}
      {value.kind === 'scheduled' ? (
        <TextInput
          type="datetime-local"
          label="When"
          description="In this browser’s time zone."
          value={value.due}
          onChange={(event) => onChange({ ...value, due: event.currentTarget.value })}
        />
      ) : null}
    </section>
  );
}

function isKind(value: string): value is Release['kind'] {
  return Object.hasOwn(sentences, value);
}

/** Why a release cannot be asked for as it stands; `null` where it can. */
export function releaseProblem({ kind, due }: Release, now: number): string | null {
  if (kind !== 'scheduled') return null;
  if (due === '') return 'Say when it is to be published.';
  return Date.parse(due) <= now ? 'That time has passed.' : null;
}

/** The parts of the call that say how the version comes into use. */
export function releaseBody(release: Release): Pick<CallInput<'publishPolicy'>['body'], 'rollout' | 'due'> {
  const { kind, share, minutes, failures, due } = release;
  if (kind === 'at_once') return {};
  if (kind === 'scheduled') return { due: new Date(due).toISOString() };
  if (kind === 'shadow') return { rollout: { mode: 'shadow' } };
  const first = Math.min(0.99, Math.max(0.01, share / 100));
  const middle = (first + 1) / 2;
  const steps = [
    { share: first, minutes },
    { share: middle, minutes },
    { share: 1, minutes: 0 },
  ];
  return { rollout: { mode: 'canary', steps, guards: { error_rate: failures / 100 } } };
}
