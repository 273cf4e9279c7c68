import type { Changes } from '#engine/nodes/index.ts';
import type { Dialect } from '#engine/signals/index.ts';
import { isWireObject, parseJson, type WireObject } from '../wire-value.ts';
import { prependSystem } from './prepend-system.ts';
import { redactBody } from './redact-body.ts';
import { stripImages } from './strip-images.ts';

/** A client's body as bytes and as read. */
export interface ClientBody {
  readonly raw: Buffer;
  readonly wire: WireObject;
}

/** Changes of a body other than its parameters, which every dialect's `changeRequest` sets. */
type BodyOnly = Pick<Changes, 'system' | 'images' | 'redact'>;

/** A body after the policy's changes, and the names of those that the dialect has no place for. */
export interface ChangedBody extends ClientBody {
  readonly undone: readonly string[];
}

/**
 * Carries out what a policy changes of a body beside its parameters: private things are taken out, images left out, a
 * system prompt put in front. In the client's own dialect and before any translation, so that it holds for every provider.
 * What the policy itself puts in front is not redacted.
 */
export function changeBody(
  { raw, wire }: ClientBody,
  dialect: Dialect,
  { system, images, redact }: BodyOnly,
): ChangedBody {
  let body = redact.length === 0 ? raw : redactBody(raw, redact);
  if (images === 'strip') body = stripImages(body, dialect);
  const prompted = system === '' ? body : prependSystem(body, dialect, system);
  const undone = prompted === undefined ? ['policy.system'] : [];
  return { ...readAgain(prompted ?? body, raw, wire), undone };
}

/** Whether a policy leaves a body as it is but for its parameters. */
export function isUnchangedBody({ system, images, redact }: BodyOnly): boolean {
  return system === '' && images === 'keep' && redact.length === 0;
}

/** What a URL said of the request stays said. */
function readAgain(body: Buffer, raw: Buffer, wire: WireObject): ClientBody {
  if (body === raw) return { raw, wire };
  const read = parseJson(body.toString('utf8'));
  if (!isWireObject(read)) throw new Error('A changed body is no JSON object any more.');
  const { model, stream } = wire;
  return { raw: body, wire: { ...read, model, ...(stream === undefined ? {} : { stream }) } };
}
