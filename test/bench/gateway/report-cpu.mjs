/** Loaded into every process of the bench: tells its CPU time, all threads, when it is asked, and its memory. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';

const folder = process.env.BENCH_PROFILE;
const session = folder === undefined ? undefined : new Session();

process.on('message', async (message) => {
  if (message === 'cpu') process.send?.({ cpu: process.cpuUsage() });
  if (message === 'memory') {
    globalThis.gc?.();
    process.send?.({ memory: process.memoryUsage() });
  }
  if (session === undefined) return;
  if (message === 'profile') {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    process.send?.({ profile: 'on' });
  }
  if (message === 'profiled') {
    const { profile } = await session.post('Profiler.stop');
    writeFileSync(`${folder}/${process.pid}.cpuprofile`, JSON.stringify(profile));
    process.send?.({ profile: 'off' });
  }
});
