import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { NodeId } from '#engine/nodes/index.ts';
import type { Policy } from '#engine/policy/index.ts';
import { messageOf } from '../../client/api-failure.ts';
import { callApi } from '../../client/call-api.ts';
import { queryKeys, usePolicies } from '../../client/queries.ts';
import { tellDone } from '../../client/toasts.ts';
import {
  type Extracted,
  extractSubpolicy,
  freeSlug,
  groupMark,
  type PolicyDocument,
  titleIn,
} from '../../document/index.ts';
import { Failure } from '../../look/feedback.tsx';
import { plural } from '../../look/format.ts';
import own from './subpolicy.module.css';

interface Props {
  readonly document: PolicyDocument;
  readonly nodes: readonly NodeId[];
  /** Where the nodes have a name already. */
  readonly suggestion: string;
  readonly onClose: () => void;
}

/** Names what is to be a policy of its own, says what comes of it, and makes it. */
export function MakeSubpolicyForm({ document, nodes, suggestion, onClose }: Props) {
  const [name, setName] = useState(suggestion);
  const { policy } = document.store.getState();
  const known = usePolicies().data?.policies ?? [];
  const as = namedAs(name);
  const taken = known.find((one) => one.id === as.id || one.name.toLowerCase() === as.name.toLowerCase());
  const outcome = useMemo(
    () => extractSubpolicy(policy, nodes, namedAs(name.trim() === '' ? unnamed : name)),
    [policy, nodes, name],
  );
  // The form comes after its dialog, which has put the focus elsewhere by then.
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const make = useMake(document, nodes, onClose);
  if (outcome.kind === 'refused') return <Refused reason={outcome.reason} onClose={onClose} />;
  const problem =
    taken !== undefined
      ? `There is a policy “${taken.name}” already. Choose another name.`
      : make.isError
        ? messageOf(make.error)
        : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (as.name !== '' && taken === undefined && !make.isPending) make.mutate(as);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          ref={field}
          label="Name of the policy"
          placeholder="Guard"
          maxLength={120}
          value={name}
          error={problem}
          onChange={(event) => {
            make.reset();
            setName(event.currentTarget.value);
          }}
        />
        <p className={own.made}>{tellOutcome(policy, outcome)}</p>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            size="sm"
            disabled={as.name === '' || taken !== undefined}
            loading={make.isPending}
          >
            Make a sub-policy
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Stands for the name that is not typed yet, so that what comes of it can be told. */
const unnamed = 'Sub-policy';

function Refused({ reason, onClose }: { readonly reason: string; readonly onClose: () => void }) {
  return (
    <Stack gap="md">
      <Failure error={new Error(reason)} />
      <Group justify="flex-end">
        <Button variant="default" size="sm" onClick={onClose}>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function namedAs(text: string): Named {
  const name = text.trim();
  return { id: freeSlug(name, () => false, 'policy'), name };
}

/** First the policy of its own, then the step here: where the first fails, nothing changed. */
function useMake(document: PolicyDocument, nodes: readonly NodeId[], onClose: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (as: Named) => {
      const { guest } = extractedFrom(document, nodes, as);
      await callApi('createPolicy', { body: { ...as, policy: guest } });
      const { host, group } = extractedFrom(document, nodes, as);
      document.run(() => host, `Make ${as.name} a sub-policy`);
      return { name: as.name, mark: groupMark(group) };
    },
    onSuccess: ({ name, mark }) => {
      void client.invalidateQueries({ queryKey: queryKeys.policies });
      onClose();
      document.select([mark]);
      document.show({ node: mark, focus: 'canvas' });
      tellDone(
        `${name} is a policy of its own`,
        'It stands here as a sub-policy. Publish it to use it in others; undo takes back what changed here, the policy stays.',
      );
    },
  });
}

function extractedFrom(document: PolicyDocument, nodes: readonly NodeId[], as: Named) {
  const made = extractSubpolicy(document.store.getState().policy, nodes, as);
  if (made.kind === 'refused') throw new Error(made.reason);
  return made;
}

/** `4 nodes. Requests come in at “Check” and go on by 2 outputs: To a, To b.` */
function tellOutcome(host: Policy, { guest }: Extract<Extracted, { kind: 'ok' }>): string {
  const outputs = Object.entries(guest.nodes).filter(([, { kind }]) => kind === 'output');
  const inner = Object.keys(guest.nodes).length - outputs.length;
  const entry = guest.entry === null ? '' : titleIn(host, guest.entry);
  const ways =
    outputs.length === 0
      ? 'are answered in it'
      : `go on by ${plural(outputs.length, 'output')}: ${outputs.map(([id]) => titleIn(guest, id)).join(', ')}`;
  return `${plural(inner, 'node')}. Requests come in at “${entry}” and ${ways}. A new draft is made of them, and they stay here as its first use.`;
}
