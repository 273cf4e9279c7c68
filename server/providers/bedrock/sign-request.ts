import type { AwsCredentials } from '../../config/provider-setting.ts';

/** How a call to AWS says who it is from: an API key of Bedrock's, or a signature (SigV4). */
export type BedrockCredential =
  | { readonly kind: 'bearer'; readonly key: string }
  | { readonly kind: 'sigv4'; readonly credentials: AwsCredentials };

/** The headers of a call, those that say who it is from among them. */
export async function signRequest(
  credential: BedrockCredential,
  request: {
    readonly method: 'GET' | 'POST';
    readonly url: string;
    readonly region: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Buffer | null;
  },
): Promise<Record<string, string>> {
  const { method, url, region, headers, body } = request;
  if (credential.kind === 'bearer') return { ...headers, authorization: `Bearer ${credential.key}` };
  const { AwsV4Signer } = await import('aws4fetch');
  const { accessKeyId, secretAccessKey, sessionToken } = credential.credentials;
  const signer = new AwsV4Signer({
    method,
    url,
    region,
    service: 'bedrock',
    headers: { ...headers },
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === null ? {} : { sessionToken }),
    ...(body === null ? {} : { body: new Uint8Array(body) }),
  });
  const signed = await signer.sign();
  return Object.fromEntries([...signed.headers].map(([name, value]) => [name.toLowerCase(), value]));
}
