import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** A process of the bench that serves on a port of this machine. */
export interface Child {
  readonly url: string;
  /** CPU seconds it has used so far, over all its threads. */
  cpuSeconds(): Promise<number>;
  /** With `BENCH_PROFILE=<folder>`, leaves a profile of its main thread there, of the time between the two calls. */
  profile(stage: 'profile' | 'profiled'): Promise<void>;
  /** Bytes it holds now, garbage collected where it was started for that. */
  memory(): Promise<NodeJS.MemoryUsage>;
  stop(): Promise<void>;
}

const cpuReporter = new URL('./report-cpu.mjs', import.meta.url).href;

/** Starts a script of this folder, which sends `{ url }` once it listens. */
export async function startChild(script: string, args: readonly string[] = []): Promise<Child> {
  const child = fork(new URL(script, import.meta.url), args, {
    execArgv: ['--expose-gc', '--import', 'tsx', '--import', cpuReporter],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code} before it listened.`)));
    child.once('message', (message: { url: string }) => resolve(message.url));
  });
  return handleOf(child, url);
}

/** Starts a program of somebody else's, which listens on a port that it was told. */
export async function startProgram(
  path: string,
  args: readonly string[],
  cwd: string,
  url: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = fork(path, args, {
    cwd,
    execArgv: ['--expose-gc', '--import', cpuReporter],
    env: { ...process.env, ...environment },
    silent: true,
  });
  child.stderr?.on('data', (bytes: Buffer) => process.stderr.write(bytes));
  for (let turn = 0; ; turn += 1) {
    if (child.exitCode !== null || turn > 600) throw new Error(`${path} does not listen on ${url}.`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return handleOf(child, url);
}

function handleOf(child: ChildProcess, url: string): Child {
  return {
    url,
    cpuSeconds: async () => {
      child.send('cpu');
      const [message] = (await once(child, 'message')) as [{ cpu: NodeJS.CpuUsage }];
      return (message.cpu.user + message.cpu.system) / 1e6;
    },
    profile: async (stage) => {
      if (process.env.BENCH_PROFILE === undefined) return;
      child.send(stage);
      await once(child, 'message');
    },
    memory: async () => {
      child.send('memory');
      const [message] = (await once(child, 'message')) as [{ memory: NodeJS.MemoryUsage }];
      return message.memory;
    },
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Tells the parent where this process listens. */
export function tellUrl(server: import('node:http').Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    process.send?.({ url: `http://127.0.0.1:${address.port}` });
  });
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address !== 'string' ? address.port : 0));
    });
  });
}
