import { ActionIcon, NumberInput, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import styles from './tester.module.css';

type Rates = Readonly<Record<string, number>>;

/** Targets that fail for a share of their calls. */
export function ErrorRates({
  targets,
  rates,
  onRates,
}: {
  readonly targets: readonly string[];
  readonly rates: Rates;
  readonly onRates: (rates: Rates) => void;
}) {
  const stated = Object.keys(rates);
  return (
    <fieldset className={`${styles.wide} ${styles.rates}`}>
      <legend>Calls fail at</legend>
      {stated.map((target) => (
        <div key={target} className={styles.rate}>
          <code>{target}</code>
          <NumberInput
            w={84}
            aria-label={`Failed calls of ${target}`}
            min={0}
            max={100}
            suffix=" %"
            value={Math.round((rates[target] ?? 0) * 1_000) / 10}
            onChange={(next) => {
              if (typeof next === 'number') onRates({ ...rates, [target]: next / 100 });
            }}
          />
          <ActionIcon
            size={26}
            aria-label={`Leave ${target} as it is`}
            onClick={() =>
              onRates(Object.fromEntries(Object.entries(rates).filter(([key]) => key !== target)))
            }
          >
            <IconTrash size={15} stroke={1.75} />
          </ActionIcon>
        </div>
      ))}
      <Select
        aria-label="Calls fail at"
        placeholder={stated.length === 0 ? 'no target' : 'another target'}
        data={targets.filter((target) => !stated.includes(target))}
        limit={60}
        searchable
        value={null}
        onChange={(target) => {
          if (target !== null) onRates({ ...rates, [target]: 0.5 });
        }}
      />
    </fieldset>
  );
}
