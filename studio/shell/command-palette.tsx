import '@mantine/spotlight/styles.layer.css';
import {
  createSpotlight,
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { usePolicies } from '../client/queries.ts';
import styles from './command-palette.module.css';
import { useOfferedCommands } from './command-registry.ts';
import { rooms } from './navigation-rail.tsx';

const [store, spotlight] = createSpotlight();

/** Go anywhere, open any policy, do what the screen offers. `calls` counts how often it was asked for. */
export function CommandPalette({ calls }: { readonly calls: number }) {
  const groups = useGroups();
  useEffect(() => {
    if (calls > 0) spotlight.toggle();
  }, [calls]);
  return (
    <Spotlight
      store={store}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      actions={[...groups]}
      shortcut={null}
      centered={false}
      yOffset="14dvh"
      radius="lg"
      overlayProps={{ backgroundOpacity: 0.28, blur: 1 }}
      classNames={{
        action: styles.action ?? '',
        actionsGroup: styles.group ?? '',
        search: styles.search ?? '',
      }}
      nothingFound="Nothing of that name."
      limit={30}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: 'Go to a page, open a policy, run a command…',
        'aria-label': 'Search pages, policies and commands',
      }}
    />
  );
}

function useGroups(): readonly SpotlightActionGroupData[] {
  const [, navigate] = useLocation();
  const { data } = usePolicies();
  const commands = useOfferedCommands();
  const groups = new Map<string, SpotlightActionData[]>();
  for (const { id, label, detail, group, run } of commands) {
    const action = { id, label, onClick: run, ...(detail === undefined ? {} : { description: detail }) };
    groups.set(group, [...(groups.get(group) ?? []), action]);
  }
  const policies = (data?.policies ?? []).map(({ id, name, aliases }) => ({
    id: `policy-${id}`,
    label: name,
    description: aliases.length === 0 ? id : `${id} · serves ${aliases.join(', ')}`,
    onClick: () => navigate(`/policies/${id}`),
  }));
  const places = rooms.map(({ path, label, icon: Icon }) => ({
    id: `room-${path}`,
    label,
    leftSection: <Icon size={18} stroke={1.6} />,
    onClick: () => navigate(path),
  }));
  return [
    ...[...groups].map(([group, actions]) => ({ group, actions })),
    { group: 'Policies', actions: policies },
    { group: 'Go to', actions: places },
  ];
}
