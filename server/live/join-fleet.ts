import type { Logger } from 'pino';
import type { TrafficEvent } from '../contract/index.ts';
import type { TrafficFeed } from '../telemetry/traffic-feed.ts';
import type { FleetBus } from './fleet-bus.ts';
import type { Live } from './index.ts';
import type { LimitCount, SharedLimit } from './limit-counters.ts';

/** What was gathered is told so often, ms: a policy's limit may be passed by what the others let through in this time. */
export const tellEveryMs = 100;
/** Requests that wait to be told of at most; the oldest are left out. */
const mostWaiting = 10_000;
const mostInOne = 500;

/**
 * Shares what one gateway sees with the others: what its limits have used, breakers that open, requests that have ended.
 * No request waits for any of it. Counts that cannot be told stay and are told when it is possible again.
 */
export function joinFleet(parts: {
  readonly bus: FleetBus;
  readonly live: Live;
  readonly feed: TrafficFeed;
  readonly clock: () => number;
  readonly logger: Pick<Logger, 'warn'>;
  /** Told apart from the timer, for tests. */
  readonly scheduled?: boolean;
}): { readonly tell: () => Promise<void>; readonly close: () => Promise<void> } {
  const { bus, live, feed, clock, logger, scheduled = true } = parts;
  let counts = new Map<string, LimitCount>();
  let requests: TrafficEvent[] = [];
  const opened = new Set<string>();

  live.limits.onCount = (count) => add(counts, count);
  live.health.onOpen = (target) => opened.add(target);
  const stop = feed.subscribeOwn((event) => {
    requests.push(event);
    if (requests.length > mostWaiting) requests = requests.slice(-mostWaiting / 2);
  });

  // A gateway whose clock is ahead tells of a window that has not begun here: it waits for that.
  let early: SharedLimit[] = [];
  const absorb = (sums: readonly SharedLimit[]) => {
    const now = clock();
    for (const sum of sums) if (sum.start <= now) live.limits.absorb(sum);
    const waiting = sums.filter(({ start }) => start > now);
    if (waiting.length > 0) early = [...early, ...waiting].slice(-mostWaiting);
  };
  // What cannot be read now is tried again whenever it is time to tell.
  let missed = false;
  const readLimits = async () => {
    try {
      absorb(await bus.limits(clock()));
      missed = false;
    } catch (cause) {
      if (!missed) logger.warn({ err: cause }, 'limits of the other gateways cannot be read');
      missed = true;
    }
  };
  bus.listen(
    (news) => {
      absorb(news.limits);
      for (const target of news.opened) live.health.hint(target);
      for (const event of news.requests) feed.receive(event);
    },
    () => void readLimits(),
  );
  void readLimits();

  async function tellCounts(): Promise<void> {
    if (counts.size === 0) return;
    const told = counts;
    counts = new Map();
    try {
      absorb(await bus.count([...told.values()], clock()));
    } catch {
      const since = counts;
      counts = told;
      for (const count of since.values()) add(counts, count);
    }
  }

  async function tellNews(): Promise<void> {
    if (opened.size === 0 && requests.length === 0) return;
    const news = { opened: [...opened], requests: requests.splice(0, mostInOne) };
    opened.clear();
    await bus.tell(news).catch(() => undefined);
  }

  let telling: Promise<void> | undefined;
  const tell = () => {
    if (early.length > 0) absorb(early.splice(0));
    telling ??= Promise.all([tellCounts(), tellNews(), missed ? readLimits() : undefined]).then(() => {
      telling = undefined;
    });
    return telling;
  };
  const timer = scheduled ? setInterval(() => void tell(), tellEveryMs).unref() : undefined;
  return {
    tell,
    close: async () => {
      clearInterval(timer);
      stop();
      await tell();
      bus.close();
    },
  };
}

function add(counts: Map<string, LimitCount>, count: LimitCount): void {
  const key = `${count.start} ${count.name}\n${count.by}`;
  const before = counts.get(key);
  counts.set(key, before === undefined ? count : { ...count, amount: before.amount + count.amount });
}
