import {
  ActionIcon,
  Button,
  Group,
  Modal,
  NumberInput,
  Stack,
  Text,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconMessageOff, IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { PrivacyView } from '#server/contract/index.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Empty, Failure } from '../look/feedback.tsx';
import { formatCount, plural } from '../look/format.ts';
import { Card } from '../look/page.tsx';
import { type Column, DataTable } from '../look/table.tsx';
import { May } from '../people/may.tsx';
import { Permitted } from '../people/permitted.tsx';
import { privacyKey } from './privacy-queries.ts';

type Kept = PrivacyView['texts'][number];

/** Teams whose texts are kept; none unless somebody says so. */
export function TextsCard({
  texts,
  zeroTeams,
}: {
  readonly texts: readonly Kept[];
  readonly zeroTeams: readonly string[];
}) {
  const [adding, setAdding] = useState(false);
  return (
    <Card
      title="Texts"
      padded={false}
      aside={
        <May needs="privacy.manage">
          <Button
            variant="default"
            leftSection={<IconPlus size={14} stroke={2} />}
            onClick={() => setAdding(true)}
          >
            Keep a team’s texts
          </Button>
        </May>
      }
    >
      {texts.length === 0 ? (
        <Empty isSmall icon={IconMessageOff} title="Nobody’s texts are kept">
          A team can opt in, for classifiers and for looking into answers. Personal data and secrets are taken
          out first, the rest is encrypted and deleted after the days you set.
        </Empty>
      ) : (
        <DataTable
          label="Teams whose texts are kept"
          columns={columns}
          rows={texts}
          keyOf={({ team }) => team}
        />
      )}
      <Modal opened={adding} onClose={() => setAdding(false)} title="Keep a team’s texts" size={440}>
        <KeepTexts zeroTeams={zeroTeams} onClose={() => setAdding(false)} />
      </Modal>
    </Card>
  );
}

const columns: readonly Column<Kept>[] = [
  { key: 'team', head: 'Team', cell: ({ team }) => <span style={{ fontWeight: 500 }}>{team}</span> },
  { key: 'days', head: 'At most', align: 'right', cell: ({ days }) => plural(days, 'day') },
  { key: 'texts', head: 'Kept now', align: 'right', cell: ({ texts }) => formatCount(texts) },
  { key: 'bytes', head: 'Size', align: 'right', cell: ({ bytes }) => sizeOf(bytes) },
  { key: 'from', head: 'Since', cell: ({ from }) => from?.slice(0, 10) ?? '–' },
  { key: 'by', head: 'Turned on by', cell: ({ updatedBy }) => <span className="wb-muted">{updatedBy}</span> },
  {
    key: 'off',
    head: <span className="wb-hidden">Turn off</span>,
    align: 'right',
    cell: (kept) => (
      <Permitted needs="privacy.manage">
        <TurnOff kept={kept} />
      </Permitted>
    ),
  },
];

function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function TurnOff({ kept: { team, texts } }: { readonly kept: Kept }) {
  const remove = useChange('deleteTextLogging', {
    stale: [privacyKey],
    failure: `Texts of ${team} are still kept`,
    onDone: ({ deleted }) =>
      tellDone(`Texts of ${team} are kept no more`, `${plural(deleted, 'text')} deleted.`),
  });
  const confirm = () =>
    modals.openConfirmModal({
      title: `Keep no texts of ${team}?`,
      children: (
        <Text size="sm">The {plural(texts, 'text')} kept so far are deleted now. This cannot be undone.</Text>
      ),
      labels: { confirm: 'Turn off and delete', cancel: 'Keep them' },
      confirmProps: { color: 'red', size: 'sm' },
      cancelProps: { size: 'sm' },
      onConfirm: () => remove.mutate({ params: { team } }),
    });
  return (
    <Tooltip label="Turn off and delete">
      <ActionIcon aria-label={`Keep no texts of ${team}`} onClick={confirm} size="sm">
        <IconTrash size={15} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

function KeepTexts({
  zeroTeams,
  onClose,
}: {
  readonly zeroTeams: readonly string[];
  readonly onClose: () => void;
}) {
  const [team, setTeam] = useState('');
  const [days, setDays] = useState<number>(30);
  const write = useChange('writeTextLogging', {
    stale: [privacyKey],
    onDone: (kept) => {
      tellDone(`Texts of ${kept.team} are kept`, `For ${plural(kept.days, 'day')} at most.`);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.mutate({ params: { team: team.trim() }, body: { days } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {write.isError ? <Failure error={write.error} /> : null}
        <TextInput
          label="Team"
          description={zeroTeams.length === 0 ? undefined : `Not ${zeroTeams.join(', ')}: zero retention.`}
          value={team}
          onChange={(event) => setTeam(event.currentTarget.value)}
          required
          data-autofocus
        />
        <NumberInput
          label="Days"
          description="No text is ever older than this."
          min={1}
          max={365}
          allowDecimal={false}
          value={days}
          onChange={(value) => setDays(typeof value === 'number' ? value : 30)}
        />
        <Text size="sm" className="wb-muted">
          Never kept: requests with keys of zero retention, and what was answered by providers that keep
          nothing.
        </Text>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={write.isPending} disabled={team.trim() === ''}>
            Keep texts
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
