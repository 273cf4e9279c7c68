import type { Verb } from './verb.ts';

/** `waybill start`: gateway and studio, until a signal ends them. */
export const start: Verb = {
  summary: 'gateway and studio',
  usage: `Usage: waybill start [--json]

Starts gateway and studio on one port, until SIGINT or SIGTERM. With --json, one line of JSON tells when and where it
listens, in the place of the greeting. Set by environment variables:

  PORT                 4800
  HOST                 127.0.0.1; another address needs WAYBILL_ADMIN_TOKEN
  WAYBILL_DATA         folder of the embedded stores, ./.waybill
  WAYBILL_CONFIG       a config file (JSON): providers, teams, keys, policies, deployments
  WAYBILL_ADMIN_TOKEN  bearer token for /api; open the studio once as /?token=…
  WAYBILL_SANDBOX      off removes the simulated upstream and the sample traffic
  WAYBILL_SECRET_KEY   32 bytes in base64 that provider keys are encrypted with; else a file in the data folder
  WAYBILL_ALLOW_PRIVATE_UPSTREAMS  on lets providers made in the studio have private addresses
  WAYBILL_TRUSTED_PROXIES  10.0.0.0/8, …: proxies whose X-Forwarded-For is believed; none
  DATABASE_URL         PostgreSQL, for gateways that share configuration and request log
  REDIS_URL            Redis, for budgets and rate limits that hold across them
  WAYBILL_DRAIN_SECONDS         after SIGTERM it serves so long while /readyz says 503; 0
  OTEL_EXPORTER_OTLP_ENDPOINT   where traces are sent by OTLP over HTTP, such as http://localhost:4318
  WAYBILL_METRICS_TOKEN         bearer token for /metrics; without it the admin token, or this machine only
  OPENAI_API_KEY, ANTHROPIC_API_KEY, …   a provider appears where its key is set`,
  async run(args, io) {
    const wrong = args.find((arg) => arg !== '--json');
    if (wrong !== undefined) {
      io.stderr.write(`waybill start does not know "${wrong}". It takes --json and --help.\n`);
      return 2;
    }
    // Everything else of the server comes in here, so that `--help` need not wait for it.
    const { startWaybill } = await import('../main.ts');
    return startWaybill({ environment: process.env, io, json: args.includes('--json') });
  },
};
