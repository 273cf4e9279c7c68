import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A free port for what cannot choose one itself, or has to come back at its address after it was away. It lies below those
 * that the system gives to connections (32768 and above on Linux), so that none of them takes it meanwhile.
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
