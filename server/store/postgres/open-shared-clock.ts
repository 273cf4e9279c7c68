import type { Pool } from 'pg';
import type { Logger } from 'pino';

/** Time that all gateways of one database agree on. */
export interface SharedClock {
  /** ms since 1970. */
  now(): number;
  /** How far this machine's clock is ahead of it, ms; negative: behind. */
  aheadMs(): number;
  /** Asks the database once, as the timer does. */
  look(): Promise<void>;
  close(): void;
}

/** How this process measures time: its wall clock, and one that nobody sets. */
export interface LocalClocks {
  readonly wall: () => number;
  /** ms, only ever forward. */
  readonly steady: () => number;
}

const local: LocalClocks = { wall: Date.now, steady: () => performance.now() };
const lookEveryMs = 10_000;
const looks = 3;
/** Smaller differences are left alone: they may be the way to the database and back. */
const tolerableMs = 50;
const tellFromMs = 2_000;

/**
 * PostgreSQL's clock, held by a steady clock of this process between two looks: windows, leases, schedules and sessions of all
 * gateways go by it, whatever the clocks of their machines say and whoever sets them. Of three looks the fastest counts
 * (Cristian 1989: it is off by half its way at most). While PostgreSQL is away it runs on.
 */
export async function openSharedClock({
  pool,
  logger,
  clocks = local,
}: {
  readonly pool: Pool;
  readonly logger: Pick<Logger, 'warn'>;
  readonly clocks?: LocalClocks;
}): Promise<SharedClock> {
  const { wall, steady } = clocks;
  /** What is added to the steady clock. */
  let offset = await measure(pool, steady);
  let told = false;
  const now = () => Math.floor(offset + steady());
  const aheadMs = () => wall() - now();
  const tell = () => {
    const isOff = Math.abs(aheadMs()) > tellFromMs;
    if (isOff && !told)
      logger.warn(
        { aheadMs: Math.round(aheadMs()) },
        'this machine’s clock differs from PostgreSQL’s, which counts',
      );
    told = isOff;
  };
  const look = async () => {
    const seen = await measure(pool, steady);
    if (Math.abs(seen - offset) > tolerableMs) offset = seen;
    tell();
  };
  tell();
  const timer = setInterval(() => void look().catch(() => undefined), lookEveryMs);
  timer.unref();
  return { now, aheadMs, look, close: () => clearInterval(timer) };
}

async function measure(pool: Pool, steady: () => number): Promise<number> {
  let best = { way: Number.POSITIVE_INFINITY, offset: 0 };
  for (let turn = 0; turn < looks; turn += 1) {
    const before = steady();
    const { rows } = await pool.query<{ at: number }>(
      'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::double precision AS at',
    );
    const after = steady();
    const way = after - before;
    if (way < best.way) best = { way, offset: (rows[0]?.at ?? 0) - (before + after) / 2 };
  }
  return best.offset;
}
