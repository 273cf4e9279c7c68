import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../engine/policy/index.ts';
import type { PolicyEnvelope } from '../../../server/contract/index.ts';
import { ApiFailure } from '../../../studio/client/api-failure.ts';
import { createDocument } from '../../../studio/document/index.ts';
import { type SaveState, startAutosave } from '../../../studio/editor/autosave.ts';

const opened: Policy = {
  format: 1,
  id: 'p',
  name: 'P',
  entry: 'a',
  nodes: { a: { kind: 'model', target: 'x/one' }, b: { kind: 'model', target: 'x/two' } },
  layout: {},
};

function anEnvelope(policy: Policy, revision: number): PolicyEnvelope {
  return {
    policy,
    revision,
    hash: '',
    updatedAt: '',
    origin: 'studio',
    versions: [],
    aliases: [],
    usedIn: [],
  };
}

/** A document under autosave, a server that answers as told, and a clock that is wound by hand. */
function aDesk(
  answer: (policy: Policy, revision: number) => Promise<PolicyEnvelope>,
  theirs = anEnvelope(opened, 9),
) {
  const document = createDocument(opened, { revision: 1, later: (task) => task() });
  const states: SaveState['kind'][] = [];
  const writes: { readonly name: string; readonly revision: number }[] = [];
  let waiting: (() => void) | null = null;
  const autosave = startAutosave({
    document,
    write: (policy, revision) => {
      writes.push({ name: policy.name, revision });
      return answer(policy, revision);
    },
    read: async () => theirs,
    onState: ({ kind }) => states.push(kind),
    onSaved: () => undefined,
    onMerged: () => undefined,
    later: (task) => {
      waiting = task;
      return () => {
        waiting = null;
      };
    },
  });
  return {
    document,
    autosave,
    states,
    writes,
    rename: (name: string) => document.run((policy) => ({ ...policy, name }), 'Rename'),
    isWaiting: () => waiting !== null,
    /** Lets the quiet second pass. */
    pass: async () => {
      waiting?.();
      waiting = null;
      await autosave.flush();
    },
  };
}

const accept = async (policy: Policy, revision: number) => anEnvelope(policy, revision + 1);

describe('autosave', () => {
  it('saves once after a burst of edits, with the revision it was made from', async () => {
    const desk = aDesk(accept);
    desk.rename('Q');
    desk.rename('R');
    expect(desk.writes).toEqual([]);
    await desk.pass();
    expect(desk.writes).toEqual([{ name: 'R', revision: 1 }]);
    expect(desk.document.store.getState().revision).toBe(2);
    expect(desk.states.at(-1)).toBe('saved');
  });

  it('saves nothing when an edit was taken back', async () => {
    const desk = aDesk(accept);
    desk.rename('Q');
    desk.document.undo();
    await desk.pass();
    expect(desk.writes).toEqual([]);
    expect(desk.states.at(-1)).toBe('saved');
  });

  it('saves again what was edited while a save was under way', async () => {
    const desk: ReturnType<typeof aDesk> = aDesk(async (policy, revision) => {
      if (policy.name === 'Q') desk.rename('R');
      return anEnvelope(policy, revision + 1);
    });
    desk.rename('Q');
    await desk.pass();
    expect(desk.isWaiting()).toBe(true);
    await desk.pass();
    expect(desk.writes).toEqual([
      { name: 'Q', revision: 1 },
      { name: 'R', revision: 2 },
    ]);
  });

  it('keeps trying while the server is away', async () => {
    let isAway = true;
    const desk = aDesk(async (policy, revision) => {
      if (isAway) throw new ApiFailure('offline', 'away');
      return anEnvelope(policy, revision + 1);
    });
    desk.rename('Q');
    await desk.autosave.flush();
    expect(desk.states.at(-1)).toBe('offline');
    expect(desk.isWaiting()).toBe(true);
    isAway = false;
    await desk.pass();
    expect(desk.states.at(-1)).toBe('saved');
  });

  it('merges a colleague’s revision that touched other places, and saves the merge on top of it', async () => {
    const theirs = anEnvelope(
      { ...opened, nodes: { ...opened.nodes, b: { kind: 'model', target: 'x/theirs' } } },
      9,
    );
    const desk = aDesk(async (policy, revision) => {
      if (revision < 9) throw new ApiFailure('refused', 'conflict', { status: 409, revision: 9 });
      return anEnvelope(policy, revision + 1);
    }, theirs);
    desk.rename('Q');
    await desk.autosave.flush();
    await desk.pass();
    const { policy, revision } = desk.document.store.getState();
    expect(policy).toMatchObject({ name: 'Q', nodes: { b: { target: 'x/theirs' } } });
    expect(revision).toBe(10);
  });

  it('saves nothing over a colleague’s conflicting edit until the author has decided', async () => {
    const desk = aDesk(
      async () => {
        throw new ApiFailure('refused', 'conflict', { status: 409, revision: 9 });
      },
      anEnvelope({ ...opened, name: 'Theirs' }, 9),
    );
    desk.rename('Mine');
    await desk.autosave.flush();
    expect(desk.states.at(-1)).toBe('conflict');
    desk.rename('Mine again');
    await desk.autosave.flush();
    expect(desk.writes).toHaveLength(1);
  });

  it('goes on as the author has decided, and undo takes back no more than the author’s own', async () => {
    const theirs = anEnvelope({ ...opened, name: 'Theirs' }, 9);
    const desk = aDesk(async (policy, revision) => {
      if (revision < 9) throw new ApiFailure('refused', 'conflict', { status: 409, revision: 9 });
      return anEnvelope(policy, revision + 1);
    }, theirs);
    desk.rename('Mine');
    await desk.autosave.flush();
    desk.autosave.settle(new Map([['["name"]', 'mine']]));
    await desk.pass();
    expect(desk.writes.at(-1)).toEqual({ name: 'Mine', revision: 9 });
    desk.document.undo();
    expect(desk.document.store.getState().policy.name).toBe('Theirs');
  });

  it('takes in a colleague’s revision without waiting for an edit', async () => {
    const desk = aDesk(accept, anEnvelope({ ...opened, name: 'Theirs' }, 9));
    await desk.autosave.catchUp();
    expect(desk.document.store.getState()).toMatchObject({ policy: { name: 'Theirs' }, revision: 9 });
    expect(desk.writes).toEqual([]);
  });
});
