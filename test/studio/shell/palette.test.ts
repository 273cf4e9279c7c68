import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CanvasTools } from '../../../studio/canvas/canvas-tools.ts';
import { keymap } from '../../../studio/canvas/keymap.ts';
import { canvasCommands, placeCommands } from '../../../studio/canvas/use-canvas-commands.ts';
import { addNote, groupNodes } from '../../../studio/document/commands/index.ts';
import { paletteGroups } from '../../../studio/shell/palette-groups.ts';
import { aDocument, aPolicy, smallGraph } from '../document/builders.ts';

const document = aDocument();
const tools = { document } as unknown as CanvasTools;
const nothing = { commands: [], policies: [], rooms: [], records: [], teams: [], keys: [], foundBy: '' };
const shell = (file: string) => readFileSync(`studio/shell/${file}`, 'utf8');

describe('the command palette', () => {
  it('has every key of the canvas as a command that names its key, but undo and redo, which the editor offers', () => {
    const details = canvasCommands(tools, false).map(({ label, detail }) => `${label} | ${detail}`);
    for (const { label, keys, everywhere } of keymap) {
      const written = keys.map((key) => (key === 'mod' ? 'Ctrl' : key)).join(' ');
      const found = details.filter((one) => one.startsWith(label) && one.endsWith(`| ${written}`));
      expect(found.length, `${label}: ${written}`).toBe(everywhere === true ? 0 : 1);
    }
    const editor = readFileSync('studio/editor/use-editor-commands.ts', 'utf8');
    const offered = keymap.filter(({ everywhere }) => everywhere === true).map(({ label }) => label);
    expect(offered).toEqual(['Undo', 'Redo']);
    for (const label of offered) expect(editor).toContain(`label: '${label}'`);
  });

  it('names no two commands alike', () => {
    const ids = canvasCommands(tools, false).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('offers a reader nothing that edits', () => {
    const labels = canvasCommands(tools, true).map(({ label }) => label);
    expect(labels).toContain('Outline');
    const folding = 'Fold the group to one card, or unfold it';
    expect(labels).toContain(folding);
    const others = labels.filter((label) => label !== folding);
    expect(others.filter((label) => /note|group|delete|align/i.test(label))).toEqual([]);
  });

  it('reaches every node, note and group of the open policy', () => {
    const policy = addNote('why', { at: [0, 0], text: 'Why so' })(
      groupNodes('g', 'Answers', ['big'])(aPolicy(smallGraph)),
    );
    const places = placeCommands(tools, policy);
    expect(places.map(({ label }) => label)).toEqual([
      'Condition',
      'claude-opus-5',
      'gpt-5-mini',
      'Answers',
      'Why so',
    ]);
    places[1]?.run();
    expect(document.store.getState().reveal).toMatchObject({ node: 'big', focus: 'canvas' });
  });

  it('goes to every page: each that has an address of its own stands in the navigation', () => {
    const paths = [...shell('pages.tsx').matchAll(/<Route path="(\/[a-z-]+)(\/:[a-z]+\?)?"/g)].map(
      ([, path]) => path,
    );
    const rooms = [...shell('rooms.ts').matchAll(/path: '([^']+)'/g)].map(([, path]) => path);
    const outside = paths.filter((path) => !rooms.includes(path ?? '') && !withoutRoom.has(path ?? ''));
    expect(paths.length).toBeGreaterThan(10);
    expect(outside).toEqual([]);
    const went: string[] = [];
    const groups = paletteGroups(
      { ...nothing, rooms: rooms.map((path = '') => ({ path, label: path })) },
      (path) => went.push(path),
    );
    for (const entry of groups.flatMap(({ entries }) => entries)) entry.run();
    expect(went).toEqual(rooms);
  });

  it('opens policies, teams, keys and requests by name, also where they were found by something else', () => {
    const went: string[] = [];
    const groups = paletteGroups(
      {
        ...nothing,
        policies: [{ id: 'support', name: 'Support', aliases: ['auto'] }],
        teams: [{ id: 'search', name: 'Search' }],
        keys: [{ id: 'ci', team: 'search' }],
        records: [{ id: 'r-1', 'outcome.status': 'served', 'decision.policy': 'support' }],
        foundBy: 'wb-0123',
      },
      (path) => went.push(path),
    );
    expect(groups.map(({ group }) => group)).toEqual(['Policies', 'Teams', 'Keys', 'Requests']);
    const entries = groups.flatMap((one) => one.entries);
    for (const { run } of entries) run();
    expect(went).toEqual(['/policies/support', '/teams?team=search', '/teams?key=ci', '/traffic/r-1']);
    expect(entries.at(-1)).toMatchObject({
      label: 'r-1',
      description: 'served · support',
      keywords: ['wb-0123'],
    });
  });
});

/** Pages that are not gone to: where people sign in or are asked in. */
const withoutRoom: ReadonlySet<string> = new Set(['/sign-in', '/invitation', '/welcome']);
