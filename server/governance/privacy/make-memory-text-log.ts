import { dayMs, type KeptText, type TextLog } from './text-log.ts';

/** Texts in this process only. */
export function makeMemoryTextLog(): TextLog {
  let texts: readonly KeptText[] = [];
  const without = (gone: (text: KeptText) => boolean): number => {
    const before = texts.length;
    texts = texts.filter((text) => !gone(text));
    return before - texts.length;
  };
  const of = (team: string) => texts.filter((text) => text.team === team);
  return {
    append: (text) => {
      texts = [...texts, text];
    },
    flush: async () => {},
    find: async ({ id, team }) => of(team).find((text) => text.id === id),
    newest: async (team, most) => of(team).slice(-most).reverse(),
    holding: async (team) => {
      const own = of(team);
      const first = own.reduce((least, { at }) => Math.min(least, at), Number.POSITIVE_INFINITY);
      return {
        texts: own.length,
        bytes: own.reduce((sum, text) => sum + JSON.stringify(text).length, 0),
        from: own.length === 0 ? null : Math.floor(first / dayMs) * dayMs,
      };
    },
    countOf: async (team, key) => of(team).filter((text) => text.key === key).length,
    purge: async (now, daysOf) =>
      without(({ team, at }) => {
        const days = daysOf.get(team);
        return days === undefined || now - Math.floor(at / dayMs) * dayMs >= days * dayMs;
      }),
    eraseKey: async (team, key) => without((text) => text.team === team && text.key === key),
    close: async () => {},
  };
}
