import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Pool } from 'undici';

export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `@@` in it stands for a number that differs from request to request. */
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly failures: number;
  readonly perSecond: number;
}

const run = promisify(execFile);

/** Whether wrk is here; it takes a third of the CPU that our own generator does. */
export async function hasWrk(): Promise<boolean> {
  return run('wrk', ['--version']).then(
    () => true,
    ({ code }: { code: unknown }) => code !== 'ENOENT',
  );
}

/** As many requests as `connections` at a time can make, by wrk. */
export async function loadByWrk(load: Load, folder: string): Promise<LoadResult> {
  const script = join(folder, 'post.lua');
  const headers = Object.entries(load.headers).map(
    ([name, value]) => `wrk.headers["${name}"] = [[${value}]]`,
  );
  const [before = '', after = ''] = load.body.split('@@');
  const lines = [
    'wrk.method = "POST"',
    ...headers,
    'local turn = 0',
    'request = function()',
    '  turn = turn + 1',
    `  return wrk.format(nil, nil, nil, [==[${before}]==] .. turn .. [==[${after}]==])`,
    'end',
  ];
  writeFileSync(script, lines.join('\n'));
  const { stdout } = await run('wrk', [
    '-t1',
    `-c${load.connections}`,
    `-d${load.seconds}s`,
    '-s',
    script,
    `${load.url}/v1/chat/completions`,
  ]);
  const read = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? 0);
  return {
    requests: read(/(\d+) requests in/),
    failures: read(/Non-2xx or 3xx responses: (\d+)/) + read(/timeout (\d+)/),
    perSecond: read(/Requests\/sec:\s+([\d.]+)/),
  };
}

/** The same from this process, where wrk is missing. */
export async function loadByUndici(load: Load): Promise<LoadResult> {
  const pool = new Pool(load.url, { connections: load.connections });
  const until = performance.now() + load.seconds * 1_000;
  let requests = 0;
  let failures = 0;
  const one = async () => {
    while (performance.now() < until) {
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: '/v1/chat/completions',
        headers: load.headers,
        body: load.body.replace('@@', String(requests)),
      });
      await body.dump();
      requests += 1;
      if (statusCode !== 200) failures += 1;
    }
  };
  await Promise.all(Array.from({ length: load.connections }, one));
  await pool.close();
  return { requests, failures, perSecond: requests / load.seconds };
}
