/** Settings of this process, checked. See DESIGN of the outside contract in the README. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataFolder: string;
  /** Bearer token for `/api`; `null` leaves `/api` to callers on this machine. */
  readonly adminToken: string | null;
  readonly sandbox: boolean;
  readonly file: ConfigFile;
  /** Provider keys from the environment by variable name. */
  readonly providerKeys: Readonly<Record<string, string>>;
  readonly maxBodyBytes: number;
}

/** What a config file may hold; empty lists when there is none. */
export interface ConfigFile {
  readonly providers: readonly ProviderSetting[];
  readonly teams: readonly TeamSetting[];
  readonly keys: readonly KeySetting[];
  /** Folder of policy files, absolute; `null` when there is none. */
  readonly policies: string | null;
  readonly deployments: readonly {
    readonly alias: string;
    readonly policy: string;
    readonly version: number | null;
  }[];
}

export interface ProviderSetting {
  readonly id: string;
  readonly kind: 'openai' | 'anthropic' | 'openai-compatible';
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly retention: 'zero' | 'retains' | 'unknown';
  readonly region: string | null;
  readonly models: readonly ModelSetting[];
}

export interface ModelSetting {
  readonly id: string;
  readonly context: number | null;
  /** USD per million tokens by class, as decimals in text or numbers, exactly as written. */
  readonly priceUsdPerMillion: Readonly<Record<string, number | string>> | null;
}

export interface TeamSetting {
  readonly id: string;
  readonly name: string;
}

export interface KeySetting {
  readonly id: string;
  readonly team: string;
  readonly project: string;
  readonly tags: readonly string[];
  readonly secret: string;
}
