/** How a store does that requests can be served without, or not. */
export interface StoreStanding {
  readonly store: 'postgres' | 'redis' | 'records';
  /** What is wrong and what that means; `null`: nothing. */
  readonly problem: string | null;
  /** Whether no request should come here as long as that lasts. */
  readonly stops: boolean;
}

const patienceMs = 2_000;

/** Asks a store; one that does not answer in 2 s counts as away. `problem` gets the reason. */
export async function standingOf(
  store: StoreStanding['store'],
  ask: () => Promise<unknown>,
  problem: (reason: string) => string,
  stops = false,
): Promise<StoreStanding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer in ${patienceMs / 1_000} s`), patienceMs);
  });
  const asked = ask().then(
    () => null,
    (cause: unknown) => (cause instanceof Error && cause.message !== '' ? cause.message : String(cause)),
  );
  const reason = await Promise.race([asked, late]);
  clearTimeout(timer);
  return { store, problem: reason === null ? null : problem(reason), stops };
}
