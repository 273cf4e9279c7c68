import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { z } from 'zod';
import { limitWindows, windowEnd } from '#engine/nodes/index.ts';
import { TrafficEvent } from '../../contract/index.ts';
import type { FleetBus, FleetNews } from '../../live/fleet-bus.ts';
import type { LimitCount, SharedLimit } from '../../live/limit-counters.ts';
import { countLua, readLimitsLua } from './limit-lua.ts';
import { redisScript } from './redis-script.ts';

/** Sums are kept so long beyond their window, ms: clocks of gateways differ. */
const keepMs = 60_000;

const Sums = z.array(z.tuple([z.string(), z.string(), z.coerce.number()]));
const Window = z.tuple([z.string(), z.enum(limitWindows), z.number()]);
/** An empty list of Lua is an empty object in JSON. */
const none = z.strictObject({}).transform(() => []);
const News = z.object({
  from: z.string(),
  limits: Sums.or(none).default([]),
  opened: z.array(z.string()).default([]),
  requests: z.array(TrafficEvent).default([]),
});

/**
 * What gateways tell each other, over a channel of Redis; sums of limits are kept there as well. `name` keeps installations
 * that share a Redis apart. While Redis is away nothing is heard.
 *
 * @throws when Redis cannot be listened to.
 */
export async function makeRedisBus(
  redis: Redis,
  name: string,
  logger: Pick<Logger, 'warn'>,
): Promise<FleetBus> {
  const prefix = `{waybill:${name}}`;
  const channel = `${prefix}:news`;
  const me = randomUUID();
  const count = redisScript(redis, 'waybillCountLimits', countLua);
  const read = redisScript(redis, 'waybillReadLimits', readLimitsLua);
  // It subscribes again below, to know when that is done.
  const listening = redis.duplicate({
    lazyConnect: true,
    maxRetriesPerRequest: null,
    autoResubscribe: false,
  });
  listening.on('error', (error) => logger.warn({ err: error }, 'Redis tells nothing of other gateways now'));
  let onNews: (news: FleetNews) => void = () => undefined;
  let onBack: () => void = () => undefined;
  listening.on('message', (_, text) => {
    const news = News.safeParse(JSON.parse(text));
    if (!news.success) logger.warn({ err: news.error }, 'another gateway told something not understood');
    else if (news.data.from !== me)
      onNews({
        ...news.data,
        limits: news.data.limits.flatMap(([window, by, used]) => sumOf(window, by, used)),
      });
  });
  await listening.connect();
  await listening.subscribe(channel);
  // From here on: every time either line is back. Only then can what was missed be asked for, and only once everything
  // new is heard is nothing missed between.
  const back = () => onBack();
  redis.on('ready', back);
  listening.on('ready', () => void listening.subscribe(channel).then(back, () => undefined));
  return {
    tell: async (news) => {
      await redis.publish(channel, JSON.stringify({ from: me, ...news }));
    },
    count: async (counts, now) =>
      sumsOf(await count(prefix, now, JSON.stringify(counts.map(entryOf)), channel, me)),
    limits: async (now) => sumsOf(await read(prefix, now)),
    listen: (news, missed) => {
      onNews = news;
      onBack = missed;
    },
    close: () => {
      redis.off('ready', back);
      listening.disconnect();
    },
  };
}

function entryOf({ name, length, by, start, amount, used }: LimitCount) {
  const window = JSON.stringify([name, length, start]);
  return { window, by, amount, used, keepUntil: windowEnd(length, start) + keepMs };
}

function sumsOf(text: unknown): readonly SharedLimit[] {
  const sums = Sums.or(none).parse(JSON.parse(String(text)));
  return sums.flatMap(([window, by, used]) => sumOf(window, by, used));
}

function sumOf(window: string, by: string, used: number): readonly SharedLimit[] {
  const read = Window.safeParse(JSON.parse(window));
  if (!read.success) return [];
  const [name, length, start] = read.data;
  return [{ name, length, start, by, used }];
}
