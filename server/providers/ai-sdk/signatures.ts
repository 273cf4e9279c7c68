import { isWireObject, textOf } from '../../dialects/wire-value.ts';
import { type Carrier, googleCallSeal } from './carrier.ts';

/** Metadata as the libraries give it: by provider, then by name. */
type Metadata = Readonly<Record<string, unknown>> | undefined;

export function metadataText(metadata: Metadata, { key }: Carrier, name: string): string {
  const own = metadata?.[key];
  return isWireObject(own) ? textOf(own[name]) : '';
}

/** The signature of a thought as the client keeps it: marked as this provider's; empty when there is none. */
export function sealedThought(metadata: Metadata, carrier: Carrier): string {
  if (carrier.seal === null) return metadataText(metadata, carrier, 'signature');
  const signature = metadataText(metadata, carrier, 'thoughtSignature');
  return signature === '' ? '' : carrier.seal + signature;
}

/** The signature of a call, which has to come back with the call. */
export function sealedCall(metadata: Metadata, carrier: Carrier): string {
  const signature = carrier.seal === null ? '' : metadataText(metadata, carrier, 'thoughtSignature');
  return signature === '' ? '' : googleCallSeal + signature;
}

/** Thinking that nobody else can read: Bedrock hands it on as it is. */
export function redactedIn(metadata: Metadata, carrier: Carrier): string {
  return (
    metadataText(metadata, carrier, 'redactedContent') || metadataText(metadata, carrier, 'redactedData')
  );
}
