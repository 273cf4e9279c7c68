import { Group, SegmentedControl, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useId } from 'react';
import { hasMore, type ModelDraft, plainPrices, pretty, simplePrices } from './model-draft.ts';
import styles from './models.module.css';

interface Props {
  readonly draft: ModelDraft;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<ModelDraft>) => void;
}

/** A price: by class, or as JSON for tiers, modes, dates and calls; or none. */
export function PriceFields({ draft, problems, onChange }: Props) {
  const label = useId();
  const turnTo = (pricing: ModelDraft['pricing']) =>
    onChange({
      pricing,
      ...(pricing === 'json' && draft.priceJson.trim() === '' ? { priceJson: jsonOf(draft) } : {}),
      ...(pricing === 'fields' ? { prices: { ...draft.prices, ...plainPrices(draft.priceJson) } } : {}),
    });
  return (
    <fieldset className={styles.pricing} aria-labelledby={label}>
      <Group justify="space-between">
        <span id={label} className={styles.legend}>
          Price <span className="wb-muted">USD per million tokens</span>
        </span>
        <SegmentedControl
          size="xs"
          aria-label="How the price is stated"
          value={draft.pricing}
          onChange={(value) => turnTo(value as ModelDraft['pricing'])}
          data={[
            { value: 'fields', label: 'By class' },
            { value: 'json', label: 'JSON' },
            { value: 'none', label: 'Unpriced' },
          ]}
        />
      </Group>
      {draft.pricing === 'fields' ? <ByClass draft={draft} problems={problems} onChange={onChange} /> : null}
      {draft.pricing === 'fields' && hasMore(draft.priceJson) ? (
        <p className="wb-muted">
          Saved like this, the tiers, modes and calls of the JSON are left out: a stated price replaces the
          whole price.
        </p>
      ) : null}
      {draft.pricing === 'json' ? (
        <Textarea
          aria-label="Price as JSON"
          description="All that price_usd_per_million takes: tiers, modes, periods, per_thousand_calls, regional_percent."
          classNames={{ input: 'wb-code' }}
          autosize
          minRows={6}
          maxRows={16}
          spellCheck={false}
          value={draft.priceJson}
          error={priceProblems(problems)}
          onChange={(event) => onChange({ priceJson: event.currentTarget.value })}
        />
      ) : null}
      {draft.pricing === 'none' ? (
        <p className="wb-muted">Its requests are logged as unpriced, never as free.</p>
      ) : null}
    </fieldset>
  );
}

function ByClass({ draft, problems, onChange }: Props) {
  const like: Readonly<Record<string, string>> = {
    cache_read: draft.prices.input || 'as input',
    cache_write: draft.prices.input || 'as input',
    cache_write_1h: draft.prices.cache_write || draft.prices.input || 'as input',
    reasoning: draft.prices.output || 'as output',
  };
  return (
    <>
      <SimpleGrid cols={3} spacing="sm" verticalSpacing="sm">
        {simplePrices.map(([name, label]) => (
          <TextInput
            key={name}
            label={label}
            leftSection={<span className="wb-muted">$</span>}
            leftSectionWidth={24}
            inputMode="decimal"
            placeholder={like[name] ?? '0.00'}
            value={draft.prices[name]}
            error={problems[`price_usd_per_million.${name}`]}
            onChange={(event) => onChange({ prices: { ...draft.prices, [name]: event.currentTarget.value } })}
          />
        ))}
      </SimpleGrid>
      {problems.price_usd_per_million === undefined ? null : (
        <p className={styles.problem} role="alert">
          {problems.price_usd_per_million}
        </p>
      )}
    </>
  );
}

/** Where the JSON is wrong, one line a place. */
function priceProblems(problems: Readonly<Record<string, string>>): string | undefined {
  const lines = Object.entries(problems).flatMap(([field, message]) => {
    if (!field.startsWith('price_usd_per_million')) return [];
    const place = field.slice('price_usd_per_million.'.length);
    return [place === '' ? message : `${place}: ${message}`];
  });
  return lines.length === 0 ? undefined : lines.join('; ');
}

function jsonOf(draft: ModelDraft): string {
  const stated = Object.entries(draft.prices).filter(([, text]) => text.trim() !== '');
  return pretty(
    Object.fromEntries(
      stated.length === 0
        ? [
            ['input', ''],
            ['output', ''],
          ]
        : stated,
    ),
  );
}
