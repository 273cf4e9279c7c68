import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A port for what has to come back at its address after it was away. It lies below those that the system hands out for a
 * moment, so that nobody's connection takes it meanwhile.
 */
export async function fixedPort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 30_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
