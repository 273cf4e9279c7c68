import { Note, noteLimits, type Policy } from '#engine/policy/index.ts';
import type { Command } from './command.ts';
import { type Place, snapped } from './place.ts';

/** The measures of a new note, px. */
export const newNoteSize = [240, 140] as const;

/** Adds a note; nothing happens where the policy holds as many as it may, or the id is taken. */
export function addNote(id: string, note: Partial<Note> & { readonly at: Place }): Command {
  return (policy) => {
    const notes = policy.notes ?? {};
    if (Object.hasOwn(notes, id) || Object.keys(notes).length >= noteLimits.count) return policy;
    const read = Note.safeParse({ text: '', ...note, at: snapped(note.at) });
    return read.success ? withNotes(policy, { ...notes, [id]: read.data }) : policy;
  };
}

/** Changes text, colour, place or measures of a note. A change the schema refuses does nothing. */
export function changeNote(id: string, change: Partial<Note>): Command {
  return (policy) => {
    const note = Object.hasOwn(policy.notes ?? {}, id) ? policy.notes?.[id] : undefined;
    if (note === undefined) return policy;
    const read = Note.safeParse({ ...note, ...change });
    if (!read.success || JSON.stringify(read.data) === JSON.stringify(note)) return policy;
    return withNotes(policy, { ...policy.notes, [id]: read.data });
  };
}

/** Gives a note other measures, as near to the wished ones as it may have; `at` where its corner moves too. */
export function resizeNote(id: string, [width, height]: Place, at?: Place): Command {
  const clamp = (value: number, { min, max }: { readonly min: number; readonly max: number }): number =>
    Math.max(min, Math.min(max, Math.round(value / 10) * 10));
  const size: [number, number] = [clamp(width, noteLimits.width), clamp(height, noteLimits.height)];
  return changeNote(id, at === undefined ? { size } : { size, at: snapped(at) });
}

/** Takes notes away. */
export function deleteNotes(ids: Iterable<string>): Command {
  return (policy) => {
    const gone = new Set(ids);
    const kept = Object.entries(policy.notes ?? {}).filter(([id]) => !gone.has(id));
    return kept.length === Object.keys(policy.notes ?? {}).length
      ? policy
      : withNotes(policy, Object.fromEntries(kept));
  };
}

/** Puts notes to new places, on the grid. */
export function moveNotes(places: ReadonlyMap<string, Place>): Command {
  return (policy) => {
    const moved = Object.entries(policy.notes ?? {}).map(([id, note]) => {
      const place = places.get(id);
      if (place === undefined) return [id, note] as const;
      const at = snapped(place);
      return [id, at[0] === note.at[0] && at[1] === note.at[1] ? note : { ...note, at }] as const;
    });
    const isSame = moved.every(([id, note]) => policy.notes?.[id] === note);
    return isSame ? policy : withNotes(policy, Object.fromEntries(moved));
  };
}

/** The policy with these notes; without the setting where there are none, so that equal documents are equal. */
export function withNotes(policy: Policy, notes: Readonly<Record<string, Note>>): Policy {
  const { notes: _, ...rest } = policy;
  return Object.keys(notes).length === 0 ? rest : { ...rest, notes };
}
