import type { calls } from '../contract/index.ts';
import { packageVersion } from '../package-root.ts';
import type { Handler } from './handler.ts';

export const readStatus: Handler<typeof calls.readStatus> = async (_, installation) => {
  const { log, providers, firstKey, sampleTraffic } = installation;
  const base = installation.address();
  return {
    version: packageVersion,
    openaiBaseUrl: `${base}/v1`,
    anthropicBaseUrl: base,
    sandbox: providers.sandboxStandsIn,
    sampleTraffic,
    firstKey,
    records: await log.count(),
  };
};
