import {
  Button,
  Checkbox,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useRecords } from '../client/queries.ts';
import { numberOf, type RecordRow, textOf } from '../client/record-row.ts';
import { formatCount, formatTime } from '../look/format.ts';
import { MocksForm } from './mocks-form.tsx';
import { bodyOf, isTestDialect, type RequestForm, type TestDialect, testDialects } from './request-draft.ts';
import { SamplesMenu } from './samples-menu.tsx';
import styles from './tester.module.css';
import type { TesterMode, TesterStore } from './tester-state.ts';

interface Props {
  readonly store: TesterStore;
  readonly policyId: string;
  readonly onRun: () => void;
  readonly isRunning: boolean;
}

/** What is asked: a form, a body, or a request from the log. */
export function RequestPane({ store, policyId, onRun, isRunning }: Props) {
  const mode = useStore(store, (state) => state.mode);
  return (
    <section className={styles.pane} aria-label="Request">
      <Group gap={6} wrap="nowrap">
        <SegmentedControl
          size="xs"
          aria-label="Where the request comes from"
          value={mode}
          onChange={(value) => chooseMode(store, value)}
          data={[
            { value: 'form', label: 'Write' },
            { value: 'body', label: 'Body' },
            { value: 'logged', label: 'From the log' },
          ]}
        />
        <SamplesMenu store={store} policyId={policyId} />
        <Button
          ml="auto"
          style={{ flex: 'none' }}
          leftSection={<IconPlayerPlay size={14} stroke={1.8} />}
          onClick={onRun}
          loading={isRunning}
          title="Ctrl Enter, ⌘ Enter"
        >
          Run
        </Button>
      </Group>
      {mode === 'form' ? <Form store={store} /> : null}
      {mode === 'body' ? <Body store={store} /> : null}
      {mode === 'logged' ? <Logged store={store} /> : null}
      <MocksForm store={store} />
    </section>
  );
}

/** A body that is still as the form wrote it is written anew in the other dialect; one that was changed stays. */
function chooseDialect(store: TesterStore, dialect: TestDialect): void {
  const { form, bodyText, dialect: before } = store.getState();
  const isUntouched = bodyText === JSON.stringify(bodyOf(form, before), null, 2);
  store.setState({
    dialect,
    ...(isUntouched ? { bodyText: JSON.stringify(bodyOf(form, dialect), null, 2) } : {}),
  });
}

/** Going from the form to the body takes along what was written. */
function chooseMode(store: TesterStore, value: string): void {
  const mode: TesterMode = value === 'body' || value === 'logged' ? value : 'form';
  const { mode: before, form, dialect } = store.getState();
  store.setState({
    mode,
    ...(before === 'form' && mode === 'body'
      ? { bodyText: JSON.stringify(bodyOf(form, dialect), null, 2) }
      : {}),
  });
}

function Form({ store }: { readonly store: TesterStore }) {
  const form = useStore(store, (state) => state.form);
  const dialect = useStore(store, (state) => state.dialect);
  const set = (change: Partial<RequestForm>) => store.setState({ form: { ...form, ...change } });
  return (
    <>
      <Textarea
        label="Message"
        autosize
        minRows={3}
        maxRows={8}
        value={form.message}
        onChange={(event) => set({ message: event.currentTarget.value })}
      />
      <Textarea
        label="System prompt"
        autosize
        minRows={1}
        maxRows={5}
        placeholder="none"
        value={form.system}
        onChange={(event) => set({ system: event.currentTarget.value })}
      />
      <Group gap="xs" grow>
        <DialectField store={store} />
        <TextInput
          label="Model"
          value={form.model}
          onChange={(event) => set({ model: event.currentTarget.value })}
        />
      </Group>
      <Group gap="xs" grow>
        <NumberInput
          label="Tools"
          min={0}
          max={128}
          value={form.tools}
          onChange={(value) => set({ tools: typeof value === 'number' ? value : 0 })}
        />
        <NumberInput
          label="Output limit"
          min={1}
          placeholder="none"
          value={form.maxOutputTokens ?? ''}
          onChange={(value) => set({ maxOutputTokens: typeof value === 'number' ? value : null })}
        />
      </Group>
      {dialect === 'openai-completions' ? null : (
        <Group gap="md">
          <Checkbox
            size="xs"
            label="With an image"
            checked={form.image}
            onChange={(event) => set({ image: event.currentTarget.checked })}
          />
          <Checkbox
            size="xs"
            label="Asks for a JSON schema"
            checked={form.json}
            onChange={(event) => set({ json: event.currentTarget.checked })}
          />
        </Group>
      )}
    </>
  );
}

function DialectField({ store }: { readonly store: TesterStore }) {
  const dialect = useStore(store, (state) => state.dialect);
  return (
    <Select
      label="Dialect"
      allowDeselect={false}
      data={Object.entries(testDialects).map(([value, label]) => ({ value, label }))}
      value={dialect}
      onChange={(value) => {
        if (isTestDialect(value)) chooseDialect(store, value);
      }}
    />
  );
}

function Body({ store }: { readonly store: TesterStore }) {
  const text = useStore(store, (state) => state.bodyText);
  return (
    <>
      <DialectField store={store} />
      <Textarea
        label="Body as the client sends it"
        classNames={{ input: styles.body ?? '' }}
        spellCheck={false}
        value={text}
        onChange={(event) => store.setState({ bodyText: event.currentTarget.value })}
      />
    </>
  );
}

function Logged({ store }: { readonly store: TesterStore }) {
  const recordId = useStore(store, (state) => state.recordId);
  const records = useRecords({}, 30);
  const rows = records.data?.pages[0]?.records ?? [];
  const options = rows.map((row) => ({ value: textOf(row, 'id'), label: labelOf(row) }));
  const isListed = recordId === null || options.some((one) => one.value === recordId);
  return (
    <>
      <Select
        label="Request"
        placeholder={records.isPending ? 'Loading…' : 'Choose one of the newest'}
        searchable
        data={isListed ? options : [{ value: recordId, label: recordId }, ...options]}
        value={recordId}
        onChange={(value) => store.setState({ recordId: value })}
        maxDropdownHeight={220}
      />
      <p className="wb-muted">
        The log holds signals, never text: the drawing decides on exactly what the gateway saw. Time and
        chance are signals too.
      </p>
    </>
  );
}

function labelOf(row: RecordRow): string {
  const at = numberOf(row, 'time.at');
  const when = at === null ? '' : formatTime(at, Date.now());
  const tokens = formatCount(numberOf(row, 'request.input_tokens'));
  return `${when} · ${textOf(row, 'caller.team')} · ${textOf(row, 'task.label').replaceAll('_', ' ')} · ${tokens} tokens`;
}
