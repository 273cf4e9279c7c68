import { ActionIcon, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { IconCopy, IconDots, IconTrash } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { PolicySummary, PolicyUse } from '#server/contract/index.ts';
import { callApi } from '../client/call-api.ts';
import { queryKeys } from '../client/queries.ts';
import { tellDone, tellFailure } from '../client/toasts.ts';
import { useChange } from '../client/use-change.ts';
import { Permitted } from '../people/permitted.tsx';

/** What can be done with a policy from the list. */
export function PolicyMenu({ policy }: { readonly policy: PolicySummary }) {
  const { id, name, origin, usedIn } = policy;
  const [, navigate] = useLocation();
  const create = useChange('createPolicy', {
    stale: [queryKeys.policies],
    failure: 'The policy was not copied',
    onDone: (copy) => navigate(`/policies/${copy.policy.id}`),
  });
  const remove = useChange('deletePolicy', {
    stale: [queryKeys.policies],
    failure: `${name} was not deleted`,
    onDone: () => tellDone(`${name} is deleted`, 'Its versions stay readable for the log.'),
  });
  const duplicate = async () => {
    try {
      const { policy: original } = await callApi('readPolicy', { params: { id } });
      create.mutate({ body: { name: `${name} copy`, policy: original } });
    } catch (error) {
      tellFailure('The policy was not copied', error);
    }
  };
  const confirm = () =>
    modals.openConfirmModal({
      title: `Delete ${name}?`,
      children: (
        <Text size="sm">
          Draft and versions leave this list. Requests that name <code>policy/{id}</code> will be refused.
          {usedIn.length > 0 &&
            ` It is used in ${namesOf(usedIn)}: what was taken over stays there and decides as before, but cannot be brought up to newer versions.`}
        </Text>
      ),
      labels: { confirm: 'Delete', cancel: 'Keep' },
      confirmProps: { color: 'red', size: 'sm' },
      cancelProps: { size: 'sm' },
      onConfirm: () => remove.mutate({ params: { id } }),
    });
  return (
    <Permitted needs="policies.edit">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only keeps the row beneath from opening */}
      <span onClick={(event) => event.stopPropagation()} onKeyDown={(event) => event.stopPropagation()}>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCopy size={15} stroke={1.6} />} onClick={() => void duplicate()}>
              Duplicate
            </Menu.Item>
            <Menu.Item
              color="red"
              disabled={origin === 'file'}
              leftSection={<IconTrash size={15} stroke={1.6} />}
              onClick={confirm}
            >
              Delete…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </Permitted>
  );
}

/** `Support and Batch`. */
function namesOf(uses: readonly PolicyUse[]): string {
  const names = [...new Set(uses.map(({ name }) => name))];
  return new Intl.ListFormat('en').format(names);
}
