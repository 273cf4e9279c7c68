/** Keeps whoever guesses from filling the audit: so many failures a minute are put on record one by one. */
const mostPerMinute = 30;

export interface FailedSignIns {
  /** `null`: not to be put on record by itself; else how many were left out since the last one that was. */
  count(): { readonly leftOut: number } | null;
}

export function makeFailedSignIns(clock: () => number): FailedSignIns {
  let minute = 0;
  let recorded = 0;
  let leftOut = 0;
  return {
    count: () => {
      const now = Math.floor(clock() / 60_000);
      if (now !== minute) {
        minute = now;
        recorded = 0;
      }
      if (recorded >= mostPerMinute) {
        leftOut += 1;
        return null;
      }
      recorded += 1;
      const told = { leftOut };
      leftOut = 0;
      return told;
    },
  };
}
