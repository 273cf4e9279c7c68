import type { GoogleSetting } from '../../config/provider-setting.ts';
import { UpstreamFailure } from '../provider.ts';

/** An access token for Google Cloud, got once and renewed when it is about to end. */
export type TokenSource = () => Promise<string>;

/** From a credentials file, or from what this machine is allowed. The library is loaded when first asked. */
export function googleTokens(
  { credentialsFile }: GoogleSetting,
  onRefused: (said: string) => void,
): TokenSource {
  let made: Promise<{ getAccessToken(): Promise<string | null | undefined> }> | null = null;
  const make = async () => {
    const { GoogleAuth } = await import('google-auth-library');
    return new GoogleAuth({
      scopes: 'https://www.googleapis.com/auth/cloud-platform',
      ...(credentialsFile === null ? {} : { keyFile: credentialsFile }),
    });
  };
  return async () => {
    try {
      made ??= make();
      const token = await (await made).getAccessToken();
      if (typeof token === 'string' && token !== '') return token;
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      onRefused(said);
      throw new UpstreamFailure('auth', `Google gave no access token: ${said}`, cause);
    }
    throw new UpstreamFailure('auth', 'Google gave no access token, and did not say why.');
  };
}
