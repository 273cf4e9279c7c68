import { Button, FileButton, Group, Modal, Stack, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { policyFormatLabels } from '#server/contract/index.ts';
import type { CallAnswer } from '../client/call-api.ts';
import { queryKeys } from '../client/queries.ts';
import { useChange } from '../client/use-change.ts';
import { Failure } from '../look/feedback.tsx';
import { plural } from '../look/format.ts';
import { ImportedPolicyReport } from './imported-policy-report.tsx';

/** A configuration of another gateway → a draft: paste or choose a file, see what came across, create it. */
export function ImportPolicyDialog({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [found, setFound] = useState<CallAnswer<'importPolicy'> | null>(null);
  const read = useChange('importPolicy', { stale: [], onDone: setFound });
  const close = () => {
    onClose();
    setText('');
    setFound(null);
    read.reset();
  };
  const examine = () => read.mutate({ body: { text } });
  return (
    <Modal opened={opened} onClose={close} title="Import a policy" size={680}>
      {found === null ? (
        <Stack gap="md">
          <Textarea
            label="Configuration of another gateway"
            description={`${Object.values(policyFormatLabels).join(', ')}; JSON or YAML. Which it is is found out. Keys in it are not kept.`}
            placeholder={
              'model_list:\n  - model_name: gpt-4o\n    litellm_params:\n      model: azure/gpt-4o'
            }
            autosize
            minRows={10}
            maxRows={18}
            spellCheck={false}
            data-autofocus
            styles={{ input: { fontFamily: 'var(--wb-mono)', fontSize: 12 } }}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {read.isError ? <Failure error={read.error} /> : null}
          <Group justify="space-between" gap="xs">
            <FileButton
              accept=".json,.yaml,.yml,.txt,application/json"
              onChange={(file) => void file?.text().then(setText)}
            >
              {(props) => (
                <Button
                  {...props}
                  variant="default"
                  size="sm"
                  leftSection={<IconFileUpload size={15} stroke={1.7} />}
                >
                  Choose a file
                </Button>
              )}
            </FileButton>
            <Group gap="xs">
              <Button variant="default" size="sm" onClick={close}>
                Cancel
              </Button>
              <Button size="sm" disabled={text.trim() === ''} loading={read.isPending} onClick={examine}>
                Read it
              </Button>
            </Group>
          </Group>
        </Stack>
      ) : (
        <Found found={found} onBack={() => setFound(null)} onDone={close} />
      )}
    </Modal>
  );
}

function Found({
  found,
  onBack,
  onDone,
}: {
  readonly found: CallAnswer<'importPolicy'>;
  readonly onBack: () => void;
  readonly onDone: () => void;
}) {
  const [, navigate] = useLocation();
  const create = useChange('createPolicy', {
    stale: [queryKeys.policies],
    onDone: ({ policy }) => {
      onDone();
      navigate(`/policies/${policy.id}`);
    },
  });
  const { policy, format } = found;
  return (
    <Stack gap="md">
      <p>
        <strong>{policyFormatLabels[format]}</strong> read as{' '}
        {plural(Object.keys(policy.nodes).length, 'node')}. Nothing is published: it becomes a draft.
      </p>
      <ImportedPolicyReport imported={found} />
      {create.isError ? <Failure error={create.error} /> : null}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" size="sm" onClick={onBack}>
          Back
        </Button>
        <Button
          size="sm"
          data-autofocus
          loading={create.isPending}
          onClick={() => create.mutate({ body: { name: policy.name, policy } })}
        >
          Create the draft
        </Button>
      </Group>
    </Stack>
  );
}
