/** Waybill as it is started, with its own key check, a policy of twelve nodes and its log on disk. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { writePolicy } from '#engine/policy/index.ts';
import { makeServer } from '#server/app.ts';
import { loadConfig } from '#server/config.ts';
import { openInstallation } from '#server/install.ts';
import { routingPolicy, usualThresholds } from '../routing-policy.ts';
import { tellUrl } from './child.ts';

const [, , upstream = '', folder = ''] = process.argv;
const policies = join(folder, 'policies');
mkdirSync(policies, { recursive: true });
writeFileSync(join(policies, 'bench.policy.json'), writePolicy(routingPolicy(usualThresholds)));
const file = join(folder, 'config.json');
writeFileSync(
  file,
  JSON.stringify({
    providers: ['openai', 'anthropic', 'google'].map((id) => ({
      id,
      kind: 'openai-compatible',
      base_url: `${upstream}/v1`,
      api_key: 'sk-upstream',
    })),
    teams: [{ id: 'bench' }],
    keys: [{ id: 'bench', team: 'bench', project: 'bench', secret: 'wb-bench-0123456789abcdef' }],
    policies: 'policies',
    deployments: [{ alias: 'bench', policy: 'bench' }],
  }),
);
const { config } = loadConfig({ WAYBILL_CONFIG: file, WAYBILL_DATA: join(folder, 'data'), PORT: '0' });
const { installation } = await openInstallation(config, pino({ level: 'warn' }), {
  checkResponses: false,
  sampleRecords: 0,
});
const { server } = await makeServer(installation, async () => ({ kind: 'none' }) as never);
tellUrl(server);
