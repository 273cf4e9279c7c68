import type { ProviderKind } from '../providers/kinds.ts';
import type { PresetName } from '../providers/presets.ts';

/** One provider as configured, keys in hand. */
export interface ProviderSetting {
  readonly id: string;
  readonly kind: ProviderKind;
  readonly baseUrl: string;
  /** The only key, where `keys` is not said; `null` and `none`: it asks for none. */
  readonly apiKey: string | null;
  readonly keys?: readonly KeyWeight[];
  readonly preset?: PresetName | null;
  /** Where the setting is from; the config file when absent. */
  readonly origin?: 'file' | 'environment' | 'studio';
  /** Only addresses on the public internet are called. */
  readonly publicOnly?: boolean;
  /** Azure OpenAI's dated version; its v1 API when absent. */
  readonly apiVersion?: string;
  readonly aws?: AwsSetting;
  readonly google?: GoogleSetting;
  /** Beta flags of Anthropic's that this host takes beside those known. */
  readonly betaFlags?: readonly string[];
  readonly retention: 'zero' | 'retains' | 'unknown';
  readonly region: string | null;
  readonly models: readonly ModelSetting[];
}

export interface KeyWeight {
  readonly apiKey: string;
  /** Share of the calls, relative to the other keys. */
  readonly weight: number;
}

export interface AwsSetting {
  readonly region: string;
  /** For SigV4; `null` where an API key signs. */
  readonly credentials: AwsCredentials | null;
}

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

export interface GoogleSetting {
  readonly project: string;
  readonly location: string;
  /** A service account's file, absolute; `null` for what the machine itself is allowed. */
  readonly credentialsFile: string | null;
}

export interface ModelSetting {
  readonly id: string;
  readonly context: number | null;
  /** `price_usd_per_million` exactly as written: decimals in text or numbers, by token class. */
  readonly priceUsdPerMillion: unknown;
}
