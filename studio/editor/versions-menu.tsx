import { Menu, ScrollArea } from '@mantine/core';
import { IconChevronDown, IconHistory, IconPencil } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { PolicyEnvelope } from '#server/contract/index.ts';
import { useDocument } from '../document/index.ts';
import { formatAgo } from '../look/format.ts';
import { Status } from '../look/status.tsx';
import styles from './editor.module.css';

interface Props {
  readonly envelope: PolicyEnvelope;
  readonly version: number | null;
}

/** How the draft stands to what is published, and the way to every version. */
export function VersionsMenu({ envelope, version }: Props) {
  const [, navigate] = useLocation();
  const { versions, policy } = envelope;
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target>
        <button type="button" className={styles.chip}>
          <Standing envelope={envelope} version={version} />
          <IconChevronDown size={12} stroke={2} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconPencil size={15} stroke={1.6} />}
          onClick={() => navigate(`/policies/${policy.id}`)}
        >
          Draft
        </Menu.Item>
        {versions.length === 0 ? null : (
          <Menu.Item
            leftSection={<IconHistory size={15} stroke={1.6} />}
            onClick={() => navigate(`/policies/${policy.id}/versions`)}
          >
            Compare, roll back, forecasts
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label>{versions.length === 0 ? 'Nothing is published yet' : 'Published versions'}</Menu.Label>
        <ScrollArea.Autosize mah={320}>
          {versions.map(({ version: number, note, author, at }) => (
            <Menu.Item key={number} onClick={() => navigate(`/policies/${policy.id}/versions/${number}`)}>
              <strong>v{number}</strong>{' '}
              <span className="wb-muted">
                {formatAgo(Date.parse(at), Date.now())} · {author}
              </span>
              {note === '' ? null : <div className="wb-muted">{note}</div>}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  );
}

function Standing({ envelope: { versions }, version }: Props) {
  const hash = useDocument((state) => state.hash);
  const newest = versions[0];
  if (version !== null) return <Status tone="neutral">Version {version}</Status>;
  if (newest === undefined) return <Status tone="neutral">Never published</Status>;
  if (newest.hash === hash) return <Status tone="good">Published, v{newest.version}</Status>;
  return <Status tone="accent">Draft, differs from v{newest.version}</Status>;
}
