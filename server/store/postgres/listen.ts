import pg from 'pg';
import type { Logger } from 'pino';

/** Told when something was published on a channel, and after every time the connection was gone. */
export interface Listening {
  close(): Promise<void>;
}

const againAfterMs = 1_000;

/** Listens to a channel of PostgreSQL on a connection of its own, and opens it again whenever it breaks. */
export function listen(
  url: string,
  channel: string,
  onNotice: () => void,
  logger: Pick<Logger, 'warn'>,
): Listening {
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function again(cause: unknown): void {
    if (closed || timer !== undefined) return;
    logger.warn({ err: cause }, 'PostgreSQL does not tell of changes now; asking again');
    timer = setTimeout(() => {
      timer = undefined;
      void open();
    }, againAfterMs);
  }

  async function open(): Promise<void> {
    const opened = new pg.Client({
      connectionString: url,
      application_name: 'waybill listening',
      keepAlive: true,
    });
    client = opened;
    opened.on('error', (cause) => {
      void opened.end().catch(() => undefined);
      again(cause);
    });
    opened.on('end', () => again(new Error('The connection ended.')));
    opened.on('notification', onNotice);
    try {
      await opened.connect();
      await opened.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      onNotice();
    } catch (cause) {
      await opened.end().catch(() => undefined);
      again(cause);
    }
  }

  void open();
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}
