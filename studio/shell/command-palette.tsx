import '@mantine/spotlight/styles.layer.css';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { usePolicies } from '../client/queries.ts';
import styles from './command-palette.module.css';
import { useOfferedCommands } from './command-registry.ts';
import { usePaletteFinds } from './palette-finds.ts';
import { paletteGroups } from './palette-groups.ts';
import { useRooms } from './rooms.ts';

const [store, spotlight] = createSpotlight();

/**
 * Go anywhere, open any policy, node, team, key or request, do what the screen offers. `calls` counts how often it was
 * asked for.
 */
export function CommandPalette({ calls }: { readonly calls: number }) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [, navigate] = useLocation();
  const { data } = usePolicies();
  const commands = useOfferedCommands();
  const finds = usePaletteFinds(isOpen, typed);
  const policies = data?.policies ?? [];
  const rooms = useRooms();
  const icons = new Map(rooms.map(({ path, icon }) => [`room-${path}`, icon]));
  const groups = isOpen ? paletteGroups({ ...finds, commands, policies, rooms }, navigate) : [];
  const answered = useRef(0);
  useEffect(() => {
    if (calls === answered.current) return;
    answered.current = calls;
    spotlight.toggle();
  }, [calls]);
  return (
    <Spotlight
      store={store}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      actions={groups.map(({ group, entries }) => ({
        group,
        actions: entries.map(({ id, label, description, keywords, run }) => {
          const Icon = icons.get(id);
          return {
            id,
            label,
            onClick: run,
            ...(description === undefined ? {} : { description }),
            ...(keywords === undefined ? {} : { keywords: [...keywords] }),
            ...(Icon === undefined ? {} : { leftSection: <Icon size={18} stroke={1.6} /> }),
          };
        }),
      }))}
      onSpotlightOpen={() => setOpen(true)}
      onSpotlightClose={() => setOpen(false)}
      onQueryChange={setTyped}
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
      limit={60}
      scrollable
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: 'Go to a page, open a policy, node or request, run a command…',
        'aria-label': 'Search pages, policies, nodes, requests and commands',
      }}
    />
  );
}
