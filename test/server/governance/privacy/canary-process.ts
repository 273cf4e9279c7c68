/** Waybill as `start` runs it, but with a log of everything: a process of its own, so that all it writes can be read. */
import { makeServer } from '#server/app.ts';
import { loadConfig } from '#server/config/config.ts';
import { openInstallation } from '#server/start/install.ts';
import { builtStudio } from '#server/studio.ts';
import { makeLogger } from '#server/telemetry/make-logger.ts';

const { config } = loadConfig(process.env);
const open = await openInstallation(config, makeLogger('trace', 2), {
  checkResponses: true,
  sampleRecords: 0,
});
const { server, stop } = await makeServer(open.installation, builtStudio);
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  open.listensAt(`http://127.0.0.1:${port}`);
  process.stdout.write(`listens at http://127.0.0.1:${port}\n`);
});
process.on('SIGTERM', async () => {
  await stop(1_000);
  await open.close();
  process.exit(0);
});
