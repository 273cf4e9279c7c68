import type { RecordRow } from '../client/record-row.ts';
import type { Command } from './command-registry.ts';
import type { PaletteFinds } from './palette-finds.ts';

/** A line of the palette. */
export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** Words it is found by beside these. */
  readonly keywords?: readonly string[];
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly group: string;
  readonly entries: readonly PaletteEntry[];
}

interface Sources extends PaletteFinds {
  readonly commands: readonly Command[];
  readonly policies: readonly {
    readonly id: string;
    readonly name: string;
    readonly aliases: readonly string[];
  }[];
  readonly rooms: readonly { readonly path: string; readonly label: string }[];
}

/** Everything the palette reaches, in the order in which it is shown. */
export function paletteGroups(sources: Sources, navigate: (path: string) => void): readonly PaletteGroup[] {
  const { commands, policies, rooms, records, teams, keys, foundBy } = sources;
  const offered = new Map<string, PaletteEntry[]>();
  for (const { id, label, detail, group, run } of commands) {
    const entry = { id, label, run, ...(detail === undefined ? {} : { description: detail }) };
    offered.set(group, [...(offered.get(group) ?? []), entry]);
  }
  return [
    ...[...offered].map(([group, entries]) => ({ group, entries })),
    {
      group: 'Policies',
      entries: policies.map(({ id, name, aliases }) => ({
        id: `policy-${id}`,
        label: name,
        description: aliases.length === 0 ? id : `${id} · serves ${aliases.join(', ')}`,
        run: () => navigate(`/policies/${id}`),
      })),
    },
    {
      group: 'Go to',
      entries: rooms.map(({ path, label }) => ({ id: `room-${path}`, label, run: () => navigate(path) })),
    },
    {
      group: 'Teams',
      entries: teams.map(({ id, name }) => ({
        id: `team-${id}`,
        label: name,
        description: `Team ${id}`,
        run: () => navigate(`/teams?team=${encodeURIComponent(id)}`),
      })),
    },
    {
      group: 'Keys',
      entries: keys.map(({ id, team }) => ({
        id: `key-${id}`,
        label: id,
        description: `Key of ${team}`,
        keywords: [foundBy],
        run: () => navigate(`/teams?key=${encodeURIComponent(id)}`),
      })),
    },
    {
      group: 'Requests',
      entries: records.flatMap((record) => {
        const id = textAt(record, 'id');
        return id === '' ? [] : [requestEntry(record, id, foundBy, navigate)];
      }),
    },
  ].filter(({ entries }) => entries.length > 0);
}

function requestEntry(
  record: RecordRow,
  id: string,
  foundBy: string,
  navigate: (path: string) => void,
): PaletteEntry {
  const facts = ['outcome.status', 'decision.policy', 'outcome.target', 'caller.team'];
  return {
    id: `request-${id}`,
    label: id,
    description: facts.flatMap((column) => textAt(record, column) || []).join(' · '),
    keywords: [foundBy],
    run: () => navigate(`/traffic/${encodeURIComponent(id)}`),
  };
}

function textAt(record: RecordRow, column: string): string {
  const value = record[column];
  return typeof value === 'string' ? value : '';
}
