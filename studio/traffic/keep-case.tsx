import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { callApi } from '../client/call-api.ts';
import { type RecordRow, textOf } from '../client/record-row.ts';
import { tellDone } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { signalsIn } from '../simulate/decision-drawer.tsx';

interface Props {
  readonly record: RecordRow;
  readonly onClose: () => void;
}

/** Keeps a recorded request and its decision as a case of its policy, played on every draft from then on. */
export function KeepCase({ record, onClose }: Props) {
  const policy = textOf(record, 'decision.policy');
  const [name, setName] = useState(nameOf(record));
  const cases = useQuery({
    queryKey: ['cases', policy],
    queryFn: ({ signal }) => callApi('readCases', { params: { id: policy } }, signal),
  });
  const write = useChange('writeCases', {
    stale: [['cases', policy]],
    onDone: () => {
      tellDone('Kept as a case', `“${name}” is played on every draft of ${policy}.`);
      onClose();
    },
  });
  const isTaken = cases.data?.cases.some((one) => one.name === name.trim()) === true;
  const save = () => {
    if (cases.data === undefined) return;
    const one = { name: name.trim(), signals: signalsIn(record), expect: expected(record) };
    const { revision } = cases.data;
    write.mutate({ params: { id: policy }, body: { cases: [...cases.data.cases, one], revision } });
  };
  const error = cases.error ?? write.error;
  return (
    <Modal opened onClose={onClose} title="Keep as a case" closeButtonProps={{ 'aria-label': 'Close' }}>
      <p className="wb-muted">
        The signals of this request, with the decision that was recorded. A draft that decides otherwise shows
        it before it is published.
      </p>
      <TextInput
        mt="md"
        label="Name"
        data-autofocus
        value={name}
        maxLength={200}
        error={isTaken ? 'There is a case of this name.' : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {error === null ? null : <Failure error={error} />}
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          onClick={save}
          loading={write.isPending}
          disabled={name.trim() === '' || isTaken || cases.data === undefined}
        >
          Keep the case
        </Button>
      </Group>
    </Modal>
  );
}

function nameOf(record: RecordRow): string {
  const task = textOf(record, 'task.label').replaceAll('_', ' ') || 'request';
  const team = textOf(record, 'caller.team') || 'nobody';
  return `${task} of ${team}: ${textOf(record, 'id').slice(-6)}`;
}

/** The decision, not what became of it: the first target it would try. */
function expected(record: RecordRow) {
  const path = textOf(record, 'decision.path');
  const targets = record['decision.targets'];
  const first: unknown = Array.isArray(targets) ? targets[0] : undefined;
  return typeof first === 'string' ? { path, target: first } : { path };
}
