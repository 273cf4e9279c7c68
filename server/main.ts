import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeServer } from './app.ts';
import type { Io } from './cli/verb.ts';
import { type Config, loadConfig } from './config/config.ts';
import { StartError } from './errors.ts';
import { packageVersion } from './package-root.ts';
import { greet, greetAsJson } from './start/greeting.ts';
import { openInstallation } from './start/install.ts';
import { builtStudio, developmentStudio } from './studio.ts';
import { makeLogger } from './telemetry/make-logger.ts';

/** How long running requests may go on after the signal to stop. */
const patienceMs = 30_000;
const sampleRecords = 50_000;

/**
 * Starts gateway and studio and serves until a signal comes. Answers the exit code.
 *
 * @throws {StartError} when it cannot start.
 */
export async function startWaybill(options: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly io: Pick<Io, 'stdout' | 'stderr'>;
  readonly json: boolean;
}): Promise<number> {
  const { environment, io, json } = options;
  const { config, warnings } = loadConfig(environment);
  for (const warning of warnings) io.stderr.write(`Warning: ${warning}\n`);
  const development = environment.NODE_ENV === 'development';
  const logger = makeLogger('warn', 2);
  const open = await openInstallation(config, logger, {
    checkResponses: environment.NODE_ENV !== 'production',
    sampleRecords,
    onProgress: (sentence) => io.stderr.write(`${sentence}\n`),
  });
  const { installation } = open;
  const { server, stop, drain } = await makeServer(
    installation,
    development ? developmentStudio : builtStudio,
  );
  try {
    open.listensAt(await listen(server, config));
  } catch (error) {
    await open.close();
    throw error;
  }
  const greeting = {
    address: installation.address(),
    version: packageVersion,
    config,
    providers: installation.providers.list().map(({ id }) => id),
    sandboxStandsIn: installation.providers.sandboxStandsIn,
    firstKey: installation.firstKey,
  };
  io.stdout.write(json ? greetAsJson(greeting) : greet(greeting));
  await signalToStop();
  if (!json)
    io.stderr.write(
      'Stopping: running requests may finish, for up to 30 s. A second signal stops at once.\n',
    );
  drain();
  await new Promise((resolve) => setTimeout(resolve, (config.drainSeconds ?? 0) * 1_000));
  await stop(patienceMs);
  await open.close();
  return 0;
}

/** Answers the address, `http://127.0.0.1:4800`. */
function listen(server: Server, { host, port }: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo;
      const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
      resolve(`http://${shown.includes(':') ? `[${shown}]` : shown}:${taken}`);
    });
  });
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${port} on ${host} is in use by another program. Stop that, or set PORT to another number (0 takes any free one).`,
        { cause: error },
      );
    case 'EACCES':
      return new StartError(`Port ${port} needs more rights than this user has. Set PORT to 1024 or above.`, {
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(
        `HOST is ${host}, which is no address of this machine. Set it to 127.0.0.1 or 0.0.0.0.`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}

/**
 * The first SIGINT or SIGTERM. A second one ends the process at once; one that follows within a second is the first
 * come twice: a terminal signals the whole group, and npm passes it on as well.
 */
function signalToStop(): Promise<void> {
  return new Promise((resolve) => {
    let toldAt: number | undefined;
    const onSignal = () => {
      if (toldAt !== undefined && performance.now() - toldAt > 1_000) process.exit(1);
      toldAt ??= performance.now();
      resolve();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
