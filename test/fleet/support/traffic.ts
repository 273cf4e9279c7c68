import { ask } from './calls.ts';

/** Requests that go on until they are told to stop. */
export interface Traffic {
  /** Status and version of every answer so far, as text: `200 3`. */
  seen(): readonly string[];
  /** Answers when as many more have been answered. */
  more(count: number): Promise<void>;
  stop(): Promise<readonly string[]>;
}

/** A client that asks one gateway, request after request. */
export function traffic(url: string, secret: string, body: object): Traffic {
  const answers: string[] = [];
  let waiting: { readonly count: number; readonly done: () => void }[] = [];
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      const { status, version } = await ask(url, secret, body);
      answers.push(`${status} ${version}`);
      for (const { count, done } of waiting) if (answers.length >= count) done();
      waiting = waiting.filter(({ count }) => answers.length < count);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    seen: () => answers,
    more: (count) =>
      new Promise((done) => {
        waiting.push({ count: answers.length + count, done });
      }),
    stop: async () => {
      stopped = true;
      await running;
      return answers;
    },
  };
}
