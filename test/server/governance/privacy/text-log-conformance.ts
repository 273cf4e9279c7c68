import { describe, expect, it } from 'vitest';
import { dayMs, type KeptText, type TextLog } from '#server/governance/privacy/text-log.ts';

const day = Date.UTC(2026, 10, 20);

export function aText(id: string, different: Partial<KeptText> = {}): KeptText {
  return {
    id,
    at: day + 3_600_000,
    team: 'search',
    key: 'ci',
    messages: [{ role: 'user', text: `What is ${id}?` }],
    answer: `It is ${id}.`,
    cut: false,
    ...different,
  };
}

/** What every store of texts does. */
export function describeTextLog(name: string, open: () => TextLog): void {
  describe(`${name} as a text log`, () => {
    it('finds a text by its request, team and time, and no other team’s', async () => {
      const log = open();
      log.append(aText('a'));
      log.append(aText('b', { team: 'other' }));
      await log.flush();
      expect(await log.find(aText('a'))).toEqual(aText('a'));
      expect(await log.find(aText('b'))).toBeUndefined();
      expect(await log.find(aText('c'))).toBeUndefined();
    });

    it('has the newest texts of a team first, over the days', async () => {
      const log = open();
      for (let index = 0; index < 5; index += 1) log.append(aText(`t${index}`, { at: day + index * dayMs }));
      log.append(aText('x', { team: 'other' }));
      expect((await log.newest('search', 3)).map(({ id }) => id)).toEqual(['t4', 't3', 't2']);
      expect(await log.newest('nobody', 3)).toEqual([]);
    });

    it('says how much it holds of a team and of a key', async () => {
      const log = open();
      log.append(aText('a'));
      log.append(aText('b', { key: 'cd', at: day + dayMs }));
      const holding = await log.holding('search');
      expect(holding).toMatchObject({ texts: 2, from: day });
      expect(holding.bytes).toBeGreaterThan(50);
      expect(await log.holding('other')).toEqual({ texts: 0, bytes: 0, from: null });
      expect([await log.countOf('search', 'ci'), await log.countOf('search', 'nobody')]).toEqual([1, 0]);
    });

    it('purges what is as old as its team’s days, so that nothing is ever older, and every team that is not named', async () => {
      const log = open();
      for (let index = 0; index < 4; index += 1)
        log.append(aText(`t${index}`, { at: day + index * dayMs + 5 }));
      log.append(aText('x', { team: 'other', at: day + 3 * dayMs }));
      const now = day + 3 * dayMs + 10;
      expect(await log.purge(now, new Map([['search', 2]]))).toBe(3);
      expect((await log.newest('search', 9)).map(({ id }) => id)).toEqual(['t3', 't2']);
      expect(await log.newest('other', 9)).toEqual([]);
      expect(await log.purge(now, new Map([['search', 2]]))).toBe(0);
    });

    it('erases a key’s texts and leaves the others', async () => {
      const log = open();
      log.append(aText('a'));
      log.append(aText('b', { key: 'cd' }));
      log.append(aText('c', { at: day + dayMs }));
      expect(await log.eraseKey('search', 'ci')).toBe(2);
      expect((await log.newest('search', 9)).map(({ id }) => id)).toEqual(['b']);
      expect(await log.find(aText('a'))).toBeUndefined();
    });
  });
}
