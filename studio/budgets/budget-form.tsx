import {
  Autocomplete,
  Button,
  Group,
  Modal,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ApiFailure } from '../client/api-failure.ts';
import type { CallInput } from '../client/call-api.ts';
import { useTeams } from '../client/governance-queries.ts';
import { type Budget, moneyKeys } from '../client/spend-queries.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';

interface Props {
  readonly opened: boolean;
  /** The budget that is changed; `null` makes one. */
  readonly known: Budget | null;
  readonly onClose: () => void;
}

/** Makes or changes a budget. */
export function BudgetFormDialog({ opened, known, onClose }: Props) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={560}
      title={known === null ? 'New budget' : `Change the budget ${known.id}`}
    >
      <BudgetForm key={`${opened} ${known?.revision}`} known={known} onClose={onClose} />
    </Modal>
  );
}

const kinds = [
  { value: 'organisation', label: 'Everybody' },
  { value: 'team', label: 'A team' },
  { value: 'project', label: 'A project of a team' },
  { value: 'key', label: 'A key' },
  { value: 'tag', label: 'A tag' },
  { value: 'model', label: 'A model, or a pattern such as openai/*' },
] as const;
type Kind = (typeof kinds)[number]['value'];
const windows = ['hour', 'day', 'week', 'month', 'quarter', 'year', 'total'] as const;
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')].filter(
  (zone, index, all) => all.indexOf(zone) === index,
);

interface Draft {
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  readonly team: string;
  readonly usd: number | string;
  readonly window: (typeof windows)[number];
  readonly isRolling: boolean;
  readonly zone: string;
  readonly isHard: boolean;
  readonly refusesWhenDown: boolean;
}

function draftOf(known: Budget | null): Draft {
  const scope: Readonly<Record<string, unknown>> = known?.scope ?? { team: '' };
  const kind =
    kinds.find(({ value }) => value in scope && !(value === 'team' && 'project' in scope))?.value ?? 'team';
  return {
    id: known?.id ?? '',
    kind,
    name: typeof scope[kind] === 'string' ? scope[kind] : '',
    team: typeof scope.team === 'string' ? scope.team : '',
    usd: known?.usd ?? '',
    window: known?.window ?? 'month',
    isRolling: known?.kind === 'rolling',
    zone: known?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC',
    isHard: known?.enforcement !== 'soft',
    refusesWhenDown: known?.when_store_down !== 'allow',
  };
}

type Body = CallInput<'writeBudget'>['body'];

function bodyOf(draft: Draft, revision: number): Body {
  const { kind, name, team, usd, window, isRolling, zone, isHard, refusesWhenDown } = draft;
  const scope =
    kind === 'organisation'
      ? { organisation: true as const }
      : kind === 'project'
        ? { team, project: name }
        : { [kind]: name };
  return {
    scope: scope as Body['scope'],
    usd: Number(usd),
    window,
    kind: isRolling ? 'rolling' : 'calendar',
    zone,
    enforcement: isHard ? 'hard' : 'soft',
    when_store_down: refusesWhenDown ? 'refuse' : 'allow',
    revision,
  };
}

function BudgetForm({ known, onClose }: Omit<Props, 'opened'>) {
  const [draft, setDraft] = useState(() => draftOf(known));
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const save = useChange('writeBudget', {
    stale: [moneyKeys.budgets],
    onDone: ({ id }) => {
      tellDone(`Budget ${id} is in force`);
      onClose();
    },
  });
  const problems = save.error instanceof ApiFailure ? save.error.fields : [];
  const problemOf = (field: string) => problems.find((one) => one.field.split('.')[0] === field)?.message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ params: { id: draft.id.trim() }, body: bodyOf(draft, known?.revision ?? 0) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label="Name"
            description="Small letters, digits, - and _"
            placeholder="search-month"
            data-autofocus={known === null ? true : undefined}
            disabled={known !== null}
            value={draft.id}
            onChange={(event) => change({ id: event.currentTarget.value })}
          />
          <NumberInput
            label="US dollars"
            description="What may be spent in the window"
            min={0}
            prefix="$"
            thousandSeparator=","
            decimalScale={9}
            value={draft.usd}
            error={problemOf('usd')}
            onChange={(usd) => change({ usd })}
          />
        </SimpleGrid>
        <Scope draft={draft} change={change} problem={problemOf('scope')} />
        <Windows draft={draft} change={change} problem={problemOf('zone')} />
        <Switch
          size="sm"
          label="Refuse requests when it is used up"
          description="Off: it only tells, in a header, to policies and by alerts"
          checked={draft.isHard}
          onChange={(event) => change({ isHard: event.currentTarget.checked })}
        />
        {draft.isHard ? (
          <Switch
            size="sm"
            label="Refuse also while nobody can say how much is left"
            description="When the store of budgets is down"
            checked={draft.refusesWhenDown}
            onChange={(event) => change({ refusesWhenDown: event.currentTarget.checked })}
          />
        ) : null}
        {save.isError && problems.length === 0 ? <Failure error={save.error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            size="sm"
            disabled={draft.id.trim() === '' || draft.usd === ''}
            loading={save.isPending}
          >
            {known === null ? 'Make budget' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface PartProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly problem: string | undefined;
}

function Scope({ draft, change, problem }: PartProps) {
  const teams = (useTeams().data?.teams ?? []).map(({ id }) => id);
  return (
    <SimpleGrid cols={draft.kind === 'project' ? 3 : 2} spacing="sm">
      <Select
        label="Whose spend"
        data={[...kinds]}
        allowDeselect={false}
        value={draft.kind}
        error={draft.kind === 'organisation' ? problem : undefined}
        onChange={(value) => change({ kind: kinds.find((one) => one.value === value)?.value ?? 'team' })}
      />
      {draft.kind === 'project' ? (
        <Autocomplete
          size="xs"
          label="Team"
          data={teams}
          value={draft.team}
          onChange={(team) => change({ team })}
        />
      ) : null}
      {draft.kind === 'organisation' ? null : (
        <Autocomplete
          size="xs"
          label={draft.kind === 'model' ? 'Model' : `Id of the ${draft.kind}`}
          data={draft.kind === 'team' ? teams : []}
          value={draft.name}
          error={problem}
          onChange={(name) => change({ name })}
        />
      )}
    </SimpleGrid>
  );
}

function Windows({ draft, change, problem }: PartProps) {
  return (
    <>
      <SimpleGrid cols={2} spacing="sm">
        <Select
          label="Window"
          data={windows.map((value) => ({
            value,
            label: value === 'total' ? 'In all, for ever' : `Each ${value}`,
          }))}
          allowDeselect={false}
          value={draft.window}
          onChange={(value) => change({ window: windows.find((one) => one === value) ?? 'month' })}
        />
        <Select
          label="Time zone"
          description="Where a day or month begins"
          data={zones}
          searchable
          allowDeselect={false}
          disabled={draft.isRolling || draft.window === 'total'}
          value={draft.zone}
          error={problem}
          onChange={(value) => change({ zone: value ?? 'UTC' })}
        />
      </SimpleGrid>
      {draft.window === 'total' ? null : (
        <SegmentedControl
          size="xs"
          aria-label="How the window moves"
          value={draft.isRolling ? 'rolling' : 'calendar'}
          onChange={(value) => change({ isRolling: value === 'rolling' })}
          data={[
            { value: 'calendar', label: 'By the calendar' },
            { value: 'rolling', label: 'Rolling: the last days or hours' },
          ]}
        />
      )}
    </>
  );
}
