import { Autocomplete, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { type Row, type RowOperatorId, type RowValue, rowOperators } from '#engine/expression/index.ts';
import type { ValueType } from '#engine/signals/index.ts';
import { Remove } from '../list-buttons.tsx';
import styles from './condition.module.css';
import { likelyValues, signalGroups, signalNamed, wordsForSignal } from './signal-words.ts';

/** One question: a signal, an operator by its type, a value by its type. */
export function RowEditor({
  row,
  readOnly,
  onRow,
  onRemove,
}: {
  readonly row: Row;
  readonly readOnly: boolean;
  readonly onRow: (row: Row) => void;
  readonly onRemove: () => void;
}) {
  const signal = signalNamed(row.signal);
  const operators = rowOperators[signal?.valueType ?? 'string'];
  const operator = operators.find(({ id }) => id === row.operator);
  const chooseOperator = (id: string | null): void => {
    const next = operators.find((one) => one.id === id);
    if (next !== undefined)
      onRow({ ...row, operator: next.id, value: fitted(row.value, next.takes, row.signal) });
  };
  return (
    <div className={styles.row}>
      <div className={styles.rowFields}>
        <Select
          aria-label="Signal"
          data={signalGroups}
          value={row.signal}
          readOnly={readOnly}
          searchable
          allowDeselect={false}
          maxDropdownHeight={300}
          comboboxProps={{ width: 300, position: 'bottom-start' }}
          renderOption={({ option }) => <SignalOption name={option.value} />}
          onChange={(name) => {
            if (name !== null && name !== row.signal) onRow(rowAbout(name));
          }}
        />
        {hasKeys(signal?.valueType) && (
          <TextInput
            aria-label="Key"
            placeholder="key"
            value={row.key ?? ''}
            readOnly={readOnly}
            onChange={(event) => onRow({ ...row, key: event.currentTarget.value })}
          />
        )}
        <Select
          aria-label="Operator"
          data={operators.map(({ id, label }) => ({ value: id, label }))}
          value={row.operator}
          readOnly={readOnly}
          allowDeselect={false}
          comboboxProps={{ width: 190, position: 'bottom-start' }}
          onChange={chooseOperator}
        />
        {operator?.takes !== 'nothing' && (
          <ValueInput row={row} several={operator?.takes === 'several'} readOnly={readOnly} onRow={onRow} />
        )}
      </div>
      {!readOnly && <Remove label="Remove this row" onClick={onRemove} />}
    </div>
  );
}

function SignalOption({ name }: { readonly name: string }) {
  const signal = signalNamed(name);
  return (
    <div style={{ minWidth: 0 }}>
      <div>{wordsForSignal(name)}</div>
      <div className={styles.note} style={{ fontSize: 11.5 }}>
        {signal?.meaning}
      </div>
    </div>
  );
}

function ValueInput({
  row,
  several,
  readOnly,
  onRow,
}: {
  readonly row: Row;
  readonly several: boolean;
  readonly readOnly: boolean;
  readonly onRow: (row: Row) => void;
}) {
  const signal = signalNamed(row.signal);
  const isNumber = isNumeric(signal?.valueType);
  if (several) {
    const values = Array.isArray(row.value) ? row.value.map(String) : [];
    return (
      <TagsInput
        size="xs"
        aria-label="Values"
        placeholder={values.length === 0 ? 'values' : ''}
        data={[...likelyValues(row.signal)]}
        value={values}
        readOnly={readOnly}
        splitChars={[',']}
        onChange={(next) => onRow({ ...row, value: isNumber ? numbersOf(next) : next })}
      />
    );
  }
  if (isNumber) {
    return (
      <NumberInput
        aria-label="Value"
        value={typeof row.value === 'number' ? row.value : 0}
        readOnly={readOnly}
        allowDecimal={signal?.valueType !== 'int'}
        step={signal?.valueType === 'int' ? 1 : 0.05}
        thousandSeparator=","
        suffix={unitOf(signal?.unit)}
        onChange={(next) => {
          if (typeof next === 'number') onRow({ ...row, value: next });
        }}
      />
    );
  }
  return (
    <Autocomplete
      size="xs"
      aria-label="Value"
      placeholder="value"
      data={[...likelyValues(row.signal)]}
      value={typeof row.value === 'string' ? row.value : ''}
      readOnly={readOnly}
      onChange={(value) => onRow({ ...row, value })}
    />
  );
}

/** Short units stand behind the number; long ones (“share, 0–1”) would hide it. */
function unitOf(unit: string | undefined): string {
  return unit !== undefined && /^[a-z]+$/.test(unit) ? ` ${unit}` : '';
}

function numbersOf(texts: readonly string[]): readonly number[] {
  return texts.map(Number).filter(Number.isSafeInteger);
}

function hasKeys(type: ValueType | undefined): boolean {
  return type === 'string_map' || type === 'double_map';
}

/** Whether what is compared is a number: the signal itself, or the value of a key. */
function isNumeric(type: ValueType | undefined): boolean {
  return type === 'int' || type === 'double' || type === 'double_map';
}

/** A fresh row about a signal, with a value that is likely. */
function rowAbout(name: string): Row {
  const type = signalNamed(name)?.valueType ?? 'string';
  const operator = rowOperators[type][0];
  const id: RowOperatorId = operator?.id ?? '==';
  const value = fitted(null, operator?.takes ?? 'one', name);
  return {
    kind: 'row',
    signal: name,
    operator: id,
    value,
    ...(type === 'string_map' ? { key: 'plan' } : type === 'double_map' ? { key: '' } : {}),
  };
}

/** The value in the shape an operator takes, kept where it can be. */
function fitted(value: RowValue, takes: 'nothing' | 'one' | 'several', name: string): RowValue {
  const type = signalNamed(name)?.valueType;
  const isNumber = isNumeric(type);
  const [likely = isNumber ? '0' : ''] = likelyValues(name);
  const first = Array.isArray(value) ? value[0] : value;
  const one = first ?? (isNumber ? Number(likely) : likely);
  if (takes === 'nothing') return null;
  if (takes === 'one') return one;
  if (Array.isArray(value)) return value;
  return typeof one === 'number' ? [one] : one === '' ? [] : [one];
}
