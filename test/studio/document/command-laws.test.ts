import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkPolicy,
  emptyPolicy,
  findCycles,
  type Policy,
  parsePolicy,
  writePolicy,
} from '#engine/policy/index.ts';
import { someCommand, someCommands } from './arbitrary-commands.ts';
import { aDocument, aPolicy, smallGraph } from './builders.ts';

const starts = fc.constantFrom<Policy>(emptyPolicy('test', 'Test'), aPolicy(smallGraph));

describe('every sequence of commands', () => {
  it('keeps the policy readable: what is written reads back equal', () => {
    fc.assert(
      fc.property(starts, someCommands, (start, commands) => {
        const policy = commands.reduce((now, command) => command(now), start);
        expect(parsePolicy(writePolicy(policy))).toEqual({ kind: 'ok', policy });
      }),
      { numRuns: 300 },
    );
  });

  it('never draws a circle and never leads to a node that is not there', () => {
    fc.assert(
      fc.property(starts, someCommands, (start, commands) => {
        const policy = commands.reduce((now, command) => command(now), start);
        expect(findCycles(policy)).toEqual([]);
        expect(checkPolicy(policy).filter((one) => one.code === 'node_missing')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every id that is not deleted, and gives a place to every node it adds', () => {
    fc.assert(
      fc.property(starts, someCommands, someCommand, (start, commands, last) => {
        const before = commands.reduce((now, command) => command(now), start);
        const after = last(before);
        const gone = Object.keys(before.nodes).filter((id) => !Object.hasOwn(after.nodes, id));
        const added = Object.keys(after.nodes).filter((id) => !Object.hasOwn(before.nodes, id));
        expect(gone.length === 0 || added.length === 0).toBe(true);
        for (const id of added) expect(after.layout[id]).toBeDefined();
        expect(Object.keys(after.layout).every((id) => Object.hasOwn(after.nodes, id))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('is taken back step by step by undo, and done again by redo', () => {
    fc.assert(
      fc.property(starts, someCommands, (start, commands) => {
        const document = aDocument(start);
        const seen = [document.store.getState().policy];
        for (const command of commands)
          if (document.run(command, 'Edit')) seen.push(document.store.getState().policy);
        for (const policy of seen.toReversed()) {
          expect(document.store.getState().policy).toBe(policy);
          document.undo();
        }
        for (const policy of seen) {
          expect(document.store.getState().policy).toBe(policy);
          document.redo();
        }
      }),
      { numRuns: 200 },
    );
  });
});
