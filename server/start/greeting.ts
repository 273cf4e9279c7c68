import type { Config } from '../config/config.ts';

/** What the process says about itself once it listens. */
export interface Greeting {
  readonly address: string;
  readonly version: string;
  readonly config: Config;
  readonly providers: readonly string[];
  readonly sandboxStandsIn: boolean;
  readonly firstKey: string | null;
}

/** A few friendly lines for a person. */
export function greet({ address, version, config, providers, sandboxStandsIn, firstKey }: Greeting): string {
  const lines = [
    '',
    `  Waybill ${version}`,
    '',
    `  Studio            ${address}${config.adminToken === null ? '' : '/?token=<WAYBILL_ADMIN_TOKEN>'}`,
    `  OpenAI clients    ${address}/v1`,
    `  Anthropic clients ${address}`,
    `  Data              ${config.dataFolder}`,
    `  Providers         ${providers.length === 0 ? 'none' : providers.join(', ')}`,
  ];
  if (firstKey !== null) {
    lines.push(
      '',
      `  First key         ${firstKey}`,
      '                    (shown this once; team "default")',
    );
  }
  if (sandboxStandsIn) {
    lines.push(
      '',
      '  SANDBOX: no provider key is set, so a simulated upstream answers every model. Its texts, times and costs',
      '  are made up. Set OPENAI_API_KEY or ANTHROPIC_API_KEY to reach real models, WAYBILL_SANDBOX=off to remove it.',
    );
  }
  return `${lines.join('\n')}\n\n`;
}

/** The same as one line of JSON, for scripts. */
export function greetAsJson({
  address,
  version,
  config,
  providers,
  sandboxStandsIn,
  firstKey,
}: Greeting): string {
  return `${JSON.stringify({
    address,
    version,
    data: config.dataFolder,
    providers,
    sandbox: sandboxStandsIn,
    first_key: firstKey,
  })}\n`;
}
